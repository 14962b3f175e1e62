/** What the form holds: numbers as typed, the day as a date of the browser. */
export type ManualValues = {
  customer_id: string
  plan_id: string
  region_id: string
  variant_id: string
  quantity: string
  first_charge: Date | null
  first_name: string
  last_name: string
  address_1: string
  postal_code: string
  city: string
  country_code: string
  /** `later`, `outside`, or provider and method of one that the customer has. */
  payment: string
}

export const NEW_SUBSCRIPTION: ManualValues = {
  customer_id: "",
  plan_id: "",
  region_id: "",
  variant_id: "",
  quantity: "1",
  first_charge: null,
  first_name: "",
  last_name: "",
  address_1: "",
  postal_code: "",
  city: "",
  country_code: "",
  payment: "later",
}

/** Between the ids of a provider and of a method, in neither of which it is. */
const BETWEEN = "|"

export const paymentKey = (providerId: string, methodId: string): string =>
  [providerId, methodId].join(BETWEEN)

/** The body of the request. */
export function bodyOf(values: ManualValues, idempotency_key: string) {
  const { address_1, city, country_code } = values
  return {
    idempotency_key,
    customer_id: values.customer_id,
    plan_id: values.plan_id,
    region_id: values.region_id,
    items: [
      { variant_id: values.variant_id, quantity: Number(values.quantity) },
    ],
    ...(values.first_charge && {
      first_charge_at: values.first_charge.toISOString(),
    }),
    // Nothing is shipped without an address; the server says where one is missing.
    ...(address_1 && {
      shipping_address: {
        address_1,
        city,
        country_code,
        first_name: values.first_name || null,
        last_name: values.last_name || null,
        postal_code: values.postal_code || null,
      },
    }),
    ...paymentOf(values),
  }
}

function paymentOf({ payment }: ManualValues) {
  if (payment === "later") {
    return {}
  }
  const [provider_id = "", payment_method_id] = payment.split(BETWEEN)
  return {
    payment_method: payment_method_id
      ? { provider_id, payment_method_id }
      : { provider_id: "pp_system_default" },
  }
}
