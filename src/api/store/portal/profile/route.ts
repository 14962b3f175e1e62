import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import {
  retrieveProfile,
  updateProfile,
} from "../../../../workflows/account/profile"
import { recordTask } from "../../../../workflows/portal-sessions/record-task"
import { keyOf } from "../../../_lib/portal-caller"
import type { PortalRequest } from "../../../_lib/portal-guard"
import type { ProfileBody } from "../account-validators"

/** `GET /store/portal/profile` */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    res.json({ profile: await retrieveProfile(req.scope, keyOf(req.portal)) })
  }
)

/** `POST /store/portal/profile`: changes what is named. */
export const POST = withPortalErrors(
  async (req: PortalRequest<ProfileBody>, res: MedusaResponse) => {
    const key = keyOf(req.portal)
    const profile = await updateProfile(req.scope, key, req.validatedBody)
    await recordTask(req.scope, req.portal, "profile_updated")
    res.json({ profile })
  }
)
