import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { previewAction } from "../../../../../workflows/subscription-actions/preview-action"
import { EVERYONE } from "../../../../../workflows/subscription-reads/reader"
import { pathId } from "../../../../_lib/path-id"
import type { PreviewBody } from "../../../../_lib/subscription-action-bodies"

/** `POST /admin/subscriptions/:id/preview`: what an action would do. It writes nothing. */
export const POST = withPortalErrors(
  async (req: AuthenticatedMedusaRequest<PreviewBody>, res: MedusaResponse) => {
    const { expected_status, ...input } = req.validatedBody
    const preview = await previewAction(
      req.scope,
      {
        scope: EVERYONE,
        id: pathId(req),
        expected_status,
        actor: { type: "admin", id: req.auth_context.actor_id },
      },
      input
    )
    res.json({ preview })
  }
)
