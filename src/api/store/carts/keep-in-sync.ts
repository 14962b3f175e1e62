import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import {
  respondWithPortalError,
  withPortalErrors,
} from "../../../errors/error-handler"
import { listCartItemRows } from "../../../workflows/carts/cart-item-row"
import { checkRegionChange } from "../../../workflows/carts/check-region-change"
import { syncSubscriptionItemsWorkflow } from "../../../workflows/carts/sync-subscription-items"
import { isId } from "../../_lib/query-schema"
import { readCart } from "./answer-cart"

/**
 * Before one of core's cart routes: looks whether the cart has subscription
 * lines, which is one statement and for most carts all. If so, brings them in
 * accord with the cart after the route and before its answer, so that a
 * storefront that knows nothing of subscriptions sees them right.
 */
export const keepInSync = withPortalErrors(async function keepInSync(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
) {
  const cart_id = req.params.id
  const rows = isId(cart_id) ? await listCartItemRows(req.scope, cart_id) : []
  if (!cart_id || !rows.length) {
    next()
    return
  }
  const region_id = regionOf(req)
  const moving =
    region_id === undefined
      ? null
      : await checkRegionChange(req.scope, { cart_id, region_id, rows })
  // Core refreshes the cart while the subscription lines are gone, and drops the
  // codes that applied to them alone.
  const promo_codes = codesOf(req) ?? moving?.promo_codes
  afterHandler(res, next, async (body) => {
    const { result } = await syncSubscriptionItemsWorkflow(req.scope).run({
      input: { cart_id, ...(moving && { promo_codes }) },
    })
    return result.changed && isRecord(body) && "cart" in body
      ? { ...body, cart: await readCart(req, cart_id) }
      : body
  })
  next()
})

/**
 * Lets `work` run between a handler's success and its answer, which it may
 * change. What it throws becomes the answer.
 */
function afterHandler(
  res: MedusaResponse,
  next: MedusaNextFunction,
  work: (body: unknown) => Promise<unknown>
): void {
  const send = res.json.bind(res)
  res.json = (body) => {
    res.json = send
    if (res.statusCode >= 400) {
      return send(body)
    }
    work(body).then(send, (error: unknown) => {
      if (!respondWithPortalError(error, res)) {
        next(error)
      }
    })
    return res
  }
}

/** Core has validated the body; routes without a region have none in it. */
function regionOf(req: MedusaRequest): string | undefined {
  const body = req.validatedBody
  const region = isRecord(body) ? body.region_id : undefined
  return typeof region === "string" && isId(region) ? region : undefined
}

function codesOf(req: MedusaRequest): string[] | undefined {
  const body = req.validatedBody
  const codes = isRecord(body) ? body.promo_codes : undefined
  return Array.isArray(codes) ? codes.map(String) : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null
}
