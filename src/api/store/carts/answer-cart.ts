import type { MedusaRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { portalError } from "../../../errors/portal-error"

/** The cart in the fields that core's cart routes answer and `?fields` asks. */
export async function readCart(
  req: MedusaRequest,
  cartId: string
): Promise<Record<string, unknown>> {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "cart",
    fields: req.queryConfig.fields,
    filters: { id: [cartId] },
  })
  const cart = data[0] as Record<string, unknown> | undefined
  if (!cart) {
    throw portalError("not_found")
  }
  return cart
}
