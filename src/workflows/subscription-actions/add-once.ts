import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  generateEntityId,
} from "@medusajs/framework/utils"
import type { PortalErrorCode } from "../../errors/codes"
import { portalError } from "../../errors/portal-error"
import {
  addOnce,
  removeOnce,
} from "../../modules/subscription/domain/actions/add-once"
import type {
  BillingOneOff,
  BillingSubscription,
} from "../../modules/subscription/domain/billing"
import { chargeView } from "../../modules/subscription/domain/next-charge-view"
import type { PricedCharge } from "../../types/next-charge-http"
import { assertAmount } from "../renewals/expected-amount"
import type { LeftOut } from "../renewals/quote/plan-lines"
import { quoteCycles } from "../renewals/quote/quote-cycles"
import {
  findSubscription,
  found,
  subscriptionsOf,
} from "../subscription-reads/reader"
import {
  changeSubscription,
  type ActionRequest,
  type ActionResult,
} from "./change-subscription"

type Key = Pick<ActionRequest, "scope" | "id">

/** What comes once with the next order. */
export type AddOnceInput = { variant_id: string; quantity: number }

const CODES: Record<LeftOut["reason"], PortalErrorCode> = {
  variant_unavailable: "variant_unavailable",
  price_unavailable: "currency_mismatch",
  shipping_unavailable: "address_not_deliverable",
  insufficient_stock: "insufficient_stock",
}

/**
 * What the next order costs with something added once, computed by what charges.
 *
 * @throws `not_found`, `variant_unavailable`, `currency_mismatch`,
 * `insufficient_stock`, `address_not_deliverable`
 */
export async function previewAddOnce(
  container: MedusaContainer,
  key: Key,
  input: AddOnceInput
): Promise<PricedCharge> {
  return (await planAddition(container, key, input)).charge
}

/**
 * Adds a variant once to the next order of a subscription.
 *
 * @throws as {@link previewAddOnce}, `expected_total` (409), and as `addOnce` of
 * the domain
 */
export async function addToNextOrder(
  container: MedusaContainer,
  request: ActionRequest,
  { expected_total, ...input }: AddOnceInput & { expected_total?: number }
): Promise<ActionResult> {
  const { line, seen, charge } = await planAddition(container, request, input)
  assertAmount(expected_total, charge.amount)
  return await changeSubscription(container, request, (context) =>
    addOnce(context, {
      line,
      // What was agreed to is a sum: nothing else may have come to it since.
      seen: expected_total === undefined ? undefined : seen,
    })
  )
}

/** See `removeOnce` of the domain. */
export async function removeFromNextOrder(
  container: MedusaContainer,
  request: ActionRequest,
  input: { line_id: string }
): Promise<ActionResult> {
  return await changeSubscription(container, request, (context) =>
    removeOnce(context, input)
  )
}

async function planAddition(
  container: MedusaContainer,
  { scope, id }: Key,
  { variant_id, quantity }: AddOnceInput
) {
  await findSubscription(container, { scope, id })
  const [loaded] = await subscriptionsOf(container).loadBillingSubscriptions([
    id,
  ])
  const subscription: BillingSubscription = found(loaded ?? null)
  const line: BillingOneOff = {
    id: generateEntityId(undefined, "sone"),
    quantity,
    ...(await findVariant(container, subscription, variant_id)),
  }
  const before = subscription.one_offs ?? []
  const result = (
    await quoteCycles(container, [
      {
        key: id,
        subscription: { ...subscription, one_offs: [...before, line] },
      },
    ])
  ).get(id)
  if (!result || "problem" in result) {
    throw portalError("variant_unavailable", {
      details: { problem: result?.problem },
    })
  }
  const refused = result.left_out.find((one) => one.one_off_id === line.id)
  if (refused) {
    throw portalError(CODES[refused.reason])
  }
  return {
    line,
    seen: before.map((one) => one.id),
    charge: chargeView(result.quote),
  }
}

type Variant = {
  id: string
  product: {
    id: string
    title: string
    status: string
    is_giftcard: boolean
    sales_channels: { id: string }[]
  }
}

/** A variant that the subscription's channel sells. */
async function findVariant(
  container: MedusaContainer,
  { sales_channel_id: channel }: BillingSubscription,
  variantId: string
): Promise<Omit<BillingOneOff, "id" | "quantity">> {
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "variant",
      fields: [
        "id",
        "product.id",
        "product.title",
        "product.status",
        "product.is_giftcard",
        "product.sales_channels.id",
      ],
      filters: { id: variantId },
    })
  const [variant] = data as unknown as Variant[]
  const product = variant?.product
  const isSold =
    product?.status === "published" &&
    !product.is_giftcard &&
    (!channel || product.sales_channels.some(({ id }) => id === channel))
  if (!isSold) {
    throw portalError("variant_unavailable")
  }
  const { id: product_id, title } = product
  return { product_id, variant_id: variantId, title }
}
