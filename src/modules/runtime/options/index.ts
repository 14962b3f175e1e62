import { z } from "@medusajs/framework/zod"
import { portalError } from "../../../errors/portal-error"
import { brandingSchema, tenantsSchema } from "./tenants"
import { limitsSchema } from "./limits"
import { mailsSchema } from "./mails"
import { renewalsSchema } from "./renewals"
import { securitySchema } from "./security"
import { sessionsSchema } from "./sessions"
import { stripeSchema } from "./stripe"
import { originSchema, portalUrlSchema } from "./urls"

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
  /**
   * Address of the customer portal, without a trailing slash. Links in mails
   * begin with it, whatever host a request names.
   * @default "http://localhost:9000/portal"
   */
  portalUrl: portalUrlSchema.default("http://localhost:9000/portal"),
  /**
   * Origins to which a portal session may send the customer back.
   * @default []
   */
  returnOrigins: z.array(originSchema).max(50).default([]),
  /** What mails and the portal look like. A tenant may have its own. */
  branding: brandingSchema,
  /**
   * Brands of one Medusa store that must not see each other's customers. None
   * means one tenant, "default", for everything.
   * @default []
   */
  tenants: tenantsSchema,
  /** Lifetimes and secrets of portal links and sessions. */
  sessions: sessionsSchema,
  /** How often somebody may try. */
  limits: limitsSchema,
  /** Hardenings around Medusa's own sign-in. Each is on by default. */
  security: securitySchema,
  /** The mails that the plugin sends. */
  mails: mailsSchema,
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
