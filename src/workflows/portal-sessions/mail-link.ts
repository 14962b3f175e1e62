import type { MedusaContainer } from "@medusajs/framework/types"
import type { Tenant } from "../../types/tenant"
import { sendMail } from "../mails/send-mail"
import {
  createPortalLink,
  type PortalLink,
  type PortalLinkInput,
} from "./create-link"
import { portalOptions, portalSessions } from "./services"

/**
 * Makes a link and mails it to the customer's address on file. The address of the
 * link stands in the mail's content and nowhere else.
 */
export async function mailPortalLink(
  container: MedusaContainer,
  input: PortalLinkInput & { email: string; is_renewal?: boolean }
): Promise<PortalLink> {
  const { email, is_renewal = false, ...link } = input
  const made = await createPortalLink(container, link)
  const seconds =
    input.link_seconds ?? portalOptions(container).sessions.linkSeconds
  await sendMail(container, {
    template: is_renewal ? "portal-link-renewed" : "portal-link",
    to: email,
    locale: input.locale,
    tenant: input.tenant,
    props: {
      url: made.url,
      expires_in_minutes: Math.round(seconds / 60),
    },
    idempotency_key: `portal-link:${made.session.id}`,
    receiver_id: input.customer_id,
    resource_id: made.session.id,
    resource_type: "portal_session",
  })
  await noteSent(container, input.tenant, made)
  return made
}

async function noteSent(
  container: MedusaContainer,
  tenant: Tenant,
  { session }: PortalLink
): Promise<void> {
  await portalSessions(container).recordEvent({
    type: "link_sent",
    tenant_id: tenant.id,
    customer_id: session.customer_id,
    session_id: session.id,
  })
}
