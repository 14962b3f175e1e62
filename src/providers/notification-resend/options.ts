import { MedusaError } from "@medusajs/framework/utils"

/**
 * Options of the notification provider.
 *
 * @example
 * {
 *   resolve: "medusa-plugin-customer-portal/providers/notification-resend",
 *   id: "resend",
 *   options: {
 *     channels: ["email"],
 *     apiKey: process.env.RESEND_API_KEY,
 *     from: "Shop <hello@shop.example>",
 *   },
 * }
 */
export type ResendOptions = {
  /** Key with the right to send. */
  apiKey: string
  /** Sender of mails that name none; its domain is verified at Resend. */
  from: string
  /** Where answers go to. @default the sender */
  replyTo?: string | string[]
  /** Another address of Resend's API, for a proxy or a test. @default "https://api.resend.com" */
  baseUrl?: string
}

/**
 * Checks the options when the store starts.
 *
 * @throws MedusaError that names the option, never its value
 */
export function requireOptions(
  options: Record<string, unknown>
): asserts options is ResendOptions {
  for (const name of ["apiKey", "from"]) {
    if (typeof options[name] !== "string" || !options[name]) {
      throw problem(name, "must be set")
    }
  }
  const { replyTo, baseUrl } = options
  if (replyTo !== undefined && ![replyTo].flat().every(isText)) {
    throw problem("replyTo", "must be an address or a list of addresses")
  }
  if (baseUrl !== undefined && !(isText(baseUrl) && URL.canParse(baseUrl))) {
    throw problem("baseUrl", "must be an address")
  }
}

function problem(name: string, what: string): MedusaError {
  return new MedusaError(
    MedusaError.Types.INVALID_DATA,
    `notification-resend: option "${name}" ${what}.`
  )
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== ""
}
