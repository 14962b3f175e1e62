import { invalidParams } from "../http/errors"
import type { Params } from "../http/params"
import { noBilling } from "../model/payment-methods"
import type { Address, BillingDetails, Shipping } from "../model/objects"

/** Reads an address; lines that were not sent stay as they were. */
export function readAddress(
  sent: Params | null | undefined,
  current: Address = noBilling().address
): Address {
  const line = (name: keyof Address) => {
    const value = sent?.text(name)
    return value === undefined ? current[name] : value
  }
  return {
    city: line("city"),
    country: line("country"),
    line1: line("line1"),
    line2: line("line2"),
    postal_code: line("postal_code"),
    state: line("state"),
  }
}

/** Reads `shipping`: absent keeps `current`, empty removes it. */
export function readShipping(
  params: Params,
  current: Shipping | null
): Shipping | null {
  const sent = params.nested("shipping")
  if (!sent) {
    return sent === null ? null : current
  }
  return {
    address: readAddress(sent.nested("address")),
    name: sent.text("name") ?? "",
    phone: sent.text("phone") ?? null,
  }
}

/** Reads `billing_details`, line by line. */
export function readBilling(
  params: Params,
  current: BillingDetails = noBilling()
): BillingDetails {
  const sent = params.nested("billing_details")
  const line = (name: "email" | "name" | "phone") => {
    const value = sent?.text(name)
    return value === undefined ? current[name] : value
  }
  return {
    address: readAddress(sent?.nested("address"), current.address),
    email: line("email"),
    name: line("name"),
    phone: line("phone"),
  }
}

/** `current` unless the parameter was sent; an empty one gives null. */
export function readText(
  params: Params,
  name: string,
  current: string | null = null
): string | null {
  const sent = params.text(name)
  return sent === undefined ? current : sent
}

/** Refuses the parameters that only go together with `confirm=true`. */
export function assertOnlyWithConfirm(params: Params, names: string[]): void {
  const early = names.find((name) => params.has(name))
  if (early) {
    throw invalidParams(
      `\`${early}\` can only be used together with \`confirm=true\`.`,
      { param: early }
    )
  }
}
