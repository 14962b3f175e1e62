import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { PortalPaymentMethodEvents } from "../../types/events"
import type { PortalEventType } from "../../types/portal-admin-http"
import type { Tenant } from "../../types/tenant"
import { sendMail } from "../mails/send-mail"
import { once } from "../payments/exclusively"
import { portalSessions } from "../portal-sessions/services"
import { cardOf } from "./method-view"
import type { SavedMethod } from "./saved-methods"

/** Who is told, and who did it. */
export type Receiver = {
  tenant: Tenant
  customer_id: string
  /** The address on file. */
  email: string
  locale: string | null
  session_id: string | null
  /** The admin user, where one acts in the customer's place. */
  actor_id: string | null
}

/** Tells of a method that was saved, once however often it is confirmed. */
export async function noteAdded(
  container: MedusaContainer,
  receiver: Receiver,
  method: SavedMethod
): Promise<void> {
  await once(container, `added:${keyOf(method)}`, async () => {
    await record(container, receiver, method, "payment_method_added")
    await announce(container, PortalPaymentMethodEvents.ADDED, receiver, method)
    await mail(container, receiver, method, "payment-method-added")
  })
}

/** Tells of a method that was taken away. */
export async function noteRemoved(
  container: MedusaContainer,
  receiver: Receiver,
  method: SavedMethod
): Promise<void> {
  await once(container, `removed:${keyOf(method)}`, async () => {
    await record(container, receiver, method, "payment_method_removed")
    await announce(
      container,
      PortalPaymentMethodEvents.REMOVED,
      receiver,
      method
    )
    await mail(container, receiver, method, "payment-method-removed")
  })
}

const keyOf = ({ provider_id, id }: SavedMethod) => `${provider_id}:${id}`

async function record(
  container: MedusaContainer,
  { tenant, customer_id, session_id, actor_id }: Receiver,
  { provider_id, id }: SavedMethod,
  type: PortalEventType
): Promise<void> {
  await portalSessions(container).recordEvent({
    type,
    tenant_id: tenant.id,
    customer_id,
    session_id,
    actor_id,
    data: { provider_id, payment_method_id: id },
  })
}

async function announce(
  container: MedusaContainer,
  name: string,
  { tenant, customer_id }: Receiver,
  { provider_id, id }: SavedMethod
): Promise<void> {
  await container.resolve(Modules.EVENT_BUS).emit({
    name,
    data: { id, provider_id, customer_id, tenant_id: tenant.id },
  })
}

async function mail(
  container: MedusaContainer,
  { tenant, customer_id, email, locale }: Receiver,
  method: SavedMethod,
  template: "payment-method-added" | "payment-method-removed"
): Promise<void> {
  await sendMail(container, {
    template,
    to: email,
    tenant,
    locale,
    props: { ...cardOf(method), time: new Date() },
    idempotency_key: `${template}:${keyOf(method)}`,
    receiver_id: customer_id,
    resource_id: method.id,
    resource_type: "payment_method",
  })
}
