import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { deleteSavedMethod } from "../../../../../workflows/payment-methods/delete-method"
import { pathId } from "../../../../_lib/path-id"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import { callerOf } from "../caller"
import type { DeleteQuery } from "../validators"

/** `DELETE /store/portal/payment-methods/:id?replace_with` */
export const DELETE = withPortalErrors(
  async (req: PortalRequest<unknown, DeleteQuery>, res: MedusaResponse) => {
    res.json(
      await deleteSavedMethod(req.scope, {
        ...req.validatedQuery,
        ...callerOf(req.portal),
        id: pathId(req),
      })
    )
  }
)
