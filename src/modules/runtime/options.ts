import { z } from "@medusajs/framework/zod"
import { portalError } from "../../errors/portal-error"

/** A provider id, or a prefix of provider ids followed by `*`. */
const providerPattern = z.string().regex(/^pp_[\w-]+\*?$/, {
  error:
    "must be a payment provider id such as pp_stripe_stripe or pp_stripe_*",
})

const timezone = z.string().refine(isTimeZone, {
  error: "must be an IANA time zone such as Europe/Berlin",
})

function isTimeZone(value: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: value }))
  } catch {
    return false
  }
}

const stripeSchema = z
  .strictObject({
    /** Host of Stripe's API. Only for a proxy or a test double. @default "api.stripe.com" */
    host: z.string().min(1).optional(),
    /** Port of Stripe's API. @default 443 */
    port: z.number().int().min(1).max(65535).optional(),
    /** Protocol of Stripe's API. @default "https" */
    protocol: z.enum(["http", "https"]).optional(),
    /** How long one call may take, in milliseconds. @default 20000 */
    timeout: z.number().int().min(100).max(80000).default(20000),
    /**
     * Secret keys by payment provider id, for stores whose payment module does not
     * carry them in its options. By default the key of the payment module's own
     * provider of the same id is used.
     */
    apiKeys: z.record(z.string(), z.string().min(1)).default({}),
  })
  .prefault({})

const renewalsSchema = z
  .strictObject({
    /** How many due cycles one batch takes. @default 50 */
    batchSize: z.number().int().min(1).max(500).default(50),
    /** How many provider calls one worker makes at a time. @default 8 */
    concurrency: z.number().int().min(1).max(64).default(8),
    /**
     * Seconds after which a cycle whose worker died may be taken by another.
     * Longer than the slowest provider call. Real time, not the test clock's.
     * @default 120
     */
    leaseSeconds: z.number().int().min(1).max(3600).default(120),
    /**
     * Days after a declined charge at which it is tried again. An empty list
     * means that a declined cycle is not tried again by itself.
     * @default [1, 3, 5, 7]
     */
    retryDays: z
      .array(z.number().positive().max(90))
      .max(15)
      .default([1, 3, 5, 7]),
    /**
     * What happens to a subscription when the last try was declined.
     * @default "past_due"
     */
    afterLastRetry: z.enum(["past_due", "pause", "cancel"]).default("past_due"),
    /**
     * A second captured charge of one subscription within so many hours parks
     * the subscription: it is charged no more until a person looks at it.
     * 0 switches the bound off.
     * @default 20
     */
    safetyHours: z.number().min(0).max(168).default(20),
  })
  .prefault({})

/**
 * The options of the plugin, as they stand in `medusa-config.ts`.
 *
 * @example
 * plugins: [
 *   {
 *     resolve: "medusa-plugin-customer-portal",
 *     options: { timezone: "Europe/Berlin" },
 *   },
 * ]
 */
export const portalOptionsSchema = z.strictObject({
  /**
   * Lets `POST /admin/portal/test-clock` set the time for everything that the
   * plugin does. Refused with `NODE_ENV=production`.
   * @default false
   */
  testClock: z.boolean().default(false),
  /** IANA time zone in which billing dates are counted. @default "UTC" */
  timezone: timezone.default("UTC"),
  /**
   * Payment providers that can charge a saved payment method while the customer
   * is away. A subscription cannot be bought with another one. A trailing `*`
   * stands for any ending.
   * @default ["pp_stripe_*", "pp_system_default"]
   */
  offSessionProviders: z
    .array(providerPattern)
    .min(1)
    .default(["pp_stripe_*", "pp_system_default"]),
  /** How the plugin's own calls reach Stripe. */
  stripe: stripeSchema,
  /** How renewals are charged. */
  renewals: renewalsSchema,
})

/** Options with every default filled in. */
export type PortalOptions = z.infer<typeof portalOptionsSchema>

/**
 * Checks the plugin's options and fills in the defaults.
 *
 * @throws `invalid_options` with one sentence that names the wrong option; the store does
 * not start then.
 *
 * @example
 * parseOptions({ timezone: "Mars/Base" })
 * // Error: medusa-plugin-customer-portal: option "timezone" must be an IANA time zone such as Europe/Berlin.
 */
export function parseOptions(
  input: unknown,
  environment: string | undefined
): PortalOptions {
  const parsed = portalOptionsSchema.safeParse(input ?? {})
  if (!parsed.success) {
    throw optionError(parsed.error.issues[0])
  }
  if (parsed.data.testClock && environment === "production") {
    throw portalError("invalid_options", {
      message: `medusa-plugin-customer-portal: option "testClock" must be off with NODE_ENV=production.`,
    })
  }
  return parsed.data
}

function optionError(
  issue: { path: PropertyKey[]; message: string; code?: string } | undefined
): Error {
  const unknownKeys =
    issue?.code === "unrecognized_keys" && "keys" in issue
      ? (issue.keys as string[])
      : []
  const path = [...(issue?.path ?? []), ...unknownKeys.slice(0, 1)]
    .map(String)
    .join(".")
  const problem = unknownKeys.length
    ? "is not known"
    : (issue?.message ?? "is invalid")
  return portalError("invalid_options", {
    message: `medusa-plugin-customer-portal: option "${path}" ${lowerFirst(problem)}.`,
  })
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
