import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import {
  retrievePreferences,
  updatePreferences,
} from "../../../../workflows/account/preferences"
import { keyOf } from "../../../_lib/portal-caller"
import type { PortalRequest } from "../../../_lib/portal-guard"
import type { PreferencesBody } from "../account-validators"

/** `GET /store/portal/communication-preferences` */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    res.json({
      communication_preferences: await retrievePreferences(
        req.scope,
        keyOf(req.portal)
      ),
    })
  }
)

/** `POST /store/portal/communication-preferences`: changes what is named. */
export const POST = withPortalErrors(
  async (req: PortalRequest<PreferencesBody>, res: MedusaResponse) => {
    res.json({
      communication_preferences: await updatePreferences(req.scope, {
        ...keyOf(req.portal),
        ...req.validatedBody,
      }),
    })
  }
)
