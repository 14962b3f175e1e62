import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { isPortalErrorCode } from "../../errors/codes"
import { portalError } from "../../errors/portal-error"
import type { PaymentProviderProblem } from "../../types/payment-method-http"
import type { Tenant } from "../../types/tenant"
import {
  holderContext,
  listAllAccountHolders,
  type AccountHolder,
} from "../payments/account-holder"
import { withinPatience } from "../payments/within-patience"
import { listTenantProviders } from "./providers"

/** Whose payment methods, and in which shop. */
export type MethodScope = { customer_id: string; tenant: Tenant }

/** A payment method as its provider describes it, and whose it is there. */
export type SavedMethod = {
  id: string
  provider_id: string
  holder: AccountHolder
  data: Record<string, unknown>
}

/** What was found, and which providers did not answer. */
export type SavedMethods = {
  methods: SavedMethod[]
  problems: PaymentProviderProblem[]
}

/**
 * The payment methods of a customer, fresh from the tenant's providers: two
 * statements, and one call for each account holder, of which a customer has one a
 * provider. A provider that does not answer is a problem of its own.
 *
 * @param provider_id - only this one's
 */
export async function readSavedMethods(
  container: MedusaContainer,
  { customer_id, tenant }: MethodScope,
  provider_id?: string
): Promise<SavedMethods> {
  const providers = await listTenantProviders(container, tenant)
  const holders = (await listAllAccountHolders(container, customer_id)).filter(
    (holder) =>
      providers.includes(holder.provider_id) &&
      (provider_id === undefined || holder.provider_id === provider_id)
  )
  const found: SavedMethods = { methods: [], problems: [] }
  const lists = await Promise.all(
    holders.map(async (holder) => await listOf(container, holder))
  )
  lists.forEach((methods, index) => {
    const provider = holders[index]?.provider_id ?? ""
    if (methods) {
      found.methods.push(...methods)
    } else if (!found.problems.some((one) => one.provider_id === provider)) {
      found.problems.push({
        provider_id: provider,
        code: "provider_unavailable",
      })
    }
  })
  return found
}

/**
 * One of the caller's own methods. Somebody else's is not found, like one that
 * does not exist.
 *
 * @throws `not_found`; `provider_unavailable` where a provider that may have it
 * does not answer
 */
export function requireSavedMethod(
  { methods, problems }: SavedMethods,
  id: string
): SavedMethod {
  const method = methods.find((one) => one.id === id)
  if (method) {
    return method
  }
  const [problem] = problems
  throw problem
    ? portalError("provider_unavailable", {
        details: { provider_id: problem.provider_id },
      })
    : portalError("not_found")
}

/**
 * The methods of one account holder.
 *
 * @returns null where the provider does not answer. What it said stays in the log.
 */
export async function listOf(
  container: MedusaContainer,
  holder: AccountHolder
): Promise<SavedMethod[] | null> {
  const { provider_id } = holder
  try {
    const methods = await withinPatience(
      container.resolve(Modules.PAYMENT).listPaymentMethods({
        provider_id,
        context: { account_holder: holderContext(holder) },
      })
    )
    return methods.map(({ id, data }) => ({ id, provider_id, holder, data }))
  } catch (error) {
    logProvider(container, provider_id, error)
    return null
  }
}

/**
 * Asks a provider for something, and answers in our words where it fails.
 *
 * @throws `provider_unavailable` (409); what is an error of ours already, as it is
 */
export async function askProvider<T>(
  container: MedusaContainer,
  provider_id: string,
  ask: () => Promise<T>
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (isPortalErrorCode((error as { code?: unknown }).code)) {
      // Ours, and says more: that somebody waited too long, for example.
      throw error
    }
    logProvider(container, provider_id, error)
    throw portalError("provider_unavailable", { details: { provider_id } })
  }
}

function logProvider(
  container: MedusaContainer,
  providerId: string,
  error: unknown
): void {
  const reason = error instanceof Error ? error.message : String(error)
  container
    .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    .warn(
      `The payment provider "${providerId}" did not answer for payment methods: ${reason}`
    )
}
