import type { Receiver } from "../../../../workflows/payment-methods/notices"
import type { PortalContext } from "../../../_lib/portal-guard"

/** Whose methods a request is about, and who is told of changes. */
export function callerOf({
  tenant,
  customer_id,
  customer,
  session,
}: PortalContext): Receiver {
  return {
    tenant,
    customer_id,
    email: customer.email,
    locale: session?.locale ?? null,
    session_id: session?.id ?? null,
    actor_id: session?.impersonator_id ?? null,
  }
}
