import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import Stripe from "stripe"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { portalError } from "../../errors/portal-error"
import { stripeProviderName } from "../../shared/stripe-provider"

/**
 * The version whose objects Medusa's own Stripe provider reads, so that what we
 * store in its payment sessions has the shape that it expects.
 */
const API_VERSION = "2024-04-10"

/** Secret and restricted keys. */
const STRIPE_KEY = /^(sk|rk)_/

/** One client a key: its connections are kept alive over calls. */
const clients = new Map<string, Stripe>()

/**
 * Stripe's client for a payment provider of Medusa, with the key of that provider.
 * It never repeats a call by itself: whether a charge is tried again is decided
 * by the renewal, which knows what may be repeated.
 *
 * @throws `invalid_options` where no key is known for the provider
 *
 * @example
 * const stripe = stripeClientFor(container, "pp_stripe_stripe")
 */
export function stripeClientFor(
  container: MedusaContainer,
  providerId: string
): Stripe {
  const { stripe: options } =
    container.resolve<RuntimeModuleService>(RUNTIME_MODULE).options
  const apiKey =
    options.apiKeys[providerId] ?? configuredKey(container, providerId)
  if (!apiKey) {
    throw portalError("invalid_options", {
      message: `No Stripe key is known for the payment provider "${providerId}": set options.stripe.apiKeys.`,
    })
  }
  const cacheKey = [apiKey, options.host, options.port].join(" ")
  const known = clients.get(cacheKey)
  if (known) {
    return known
  }
  const client = new Stripe(apiKey, {
    apiVersion: API_VERSION,
    maxNetworkRetries: 0,
    timeout: options.timeout,
    telemetry: false,
    ...(options.host && { host: options.host }),
    ...(options.port && { port: options.port }),
    ...(options.protocol && { protocol: options.protocol }),
  })
  clients.set(cacheKey, client)
  return client
}

type ProviderConfig = { id?: string; options?: { apiKey?: unknown } }

/** The key that the payment module's provider of this id was configured with. */
function configuredKey(
  container: MedusaContainer,
  providerId: string
): string | undefined {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const payment = config.modules?.[Modules.PAYMENT]
  const options =
    typeof payment === "object" && "options" in payment
      ? (payment.options as { providers?: ProviderConfig[] } | undefined)
      : undefined
  const name = stripeProviderName(providerId)
  // Providers of other services may have the same id: only Stripe's keys look so.
  return options?.providers
    ?.filter(({ id = "" }) => id === name)
    .map((provider) => provider.options?.apiKey)
    .find(
      (key): key is string => typeof key === "string" && STRIPE_KEY.test(key)
    )
}
