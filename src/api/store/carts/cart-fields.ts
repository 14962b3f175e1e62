import {
  validateAndTransformQuery,
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
} from "@medusajs/framework/http"
import { retrieveTransformQueryConfig } from "@medusajs/medusa/api/store/carts/query-config"
import { StoreGetCartsCart } from "@medusajs/medusa/api/store/carts/validators"
import { withPortalErrors } from "../../../errors/error-handler"
import { portalError } from "../../../errors/portal-error"

const coreCartFields = validateAndTransformQuery(
  StoreGetCartsCart,
  retrieveTransformQueryConfig
)

/** `?fields` of core's cart routes, for ours: the same defaults and bounds. */
export const cartFields = withPortalErrors(async function cartFields(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
) {
  // Medusa answers a key with two dots as a fault of the server.
  if (Object.keys(req.query).some((key) => key.split(".").length > 2)) {
    throw portalError("validation_failed")
  }
  await coreCartFields(req, res, next)
})
