import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { EVERYONE } from "../../../../../workflows/subscription-reads/reader"
import { retrieveUsage } from "../../../../../workflows/subscription-reads/retrieve-usage"
import { recordUsage } from "../../../../../workflows/subscription-actions/record-usage"
import { pathId } from "../../../../_lib/path-id"
import type { RecordUsageBody } from "../../usage-validators"

/** `GET /admin/subscriptions/:id/usage`: what is not charged yet. */
export const GET = withPortalErrors(
  async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
    res.json({
      usage: await retrieveUsage(req.scope, {
        scope: EVERYONE,
        id: pathId(req),
      }),
    })
  }
)

/** `POST /admin/subscriptions/:id/usage`: 201, or 200 where the key is known. */
export const POST = withPortalErrors(
  async (
    req: AuthenticatedMedusaRequest<RecordUsageBody>,
    res: MedusaResponse
  ) => {
    const { record, is_new } = await recordUsage(
      req.scope,
      pathId(req),
      req.validatedBody
    )
    res.status(is_new ? 201 : 200).json({ usage_record: record })
  }
)
