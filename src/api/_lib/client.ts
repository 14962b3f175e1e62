import type { MedusaRequest } from "@medusajs/framework/http"
import Bowser from "bowser"
import { portalOptions } from "../../workflows/portal-sessions/services"

const MAX_USER_AGENT = 300
const MAX_IP = 64
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g

/** What is kept of a caller: text only, short, and nothing that a log would act on. */
export type ClientInfo = {
  ip: string | null
  user_agent: string | null
  /** For people: "Chrome on macOS". */
  device_label: string | null
}

/** Who calls, as far as a request tells. Nothing here proves anything. */
export function clientOf(req: MedusaRequest): ClientInfo {
  const header = req.headers["user-agent"] ?? ""
  const user_agent =
    header.slice(0, MAX_USER_AGENT).replace(CONTROL, " ").trim() || null
  return {
    ip: clientIp(req),
    user_agent,
    device_label: user_agent && labelOf(user_agent),
  }
}

/**
 * The caller's network address: what the outermost trusted proxy saw. Everything
 * to the left of that in `X-Forwarded-For` is the caller's own word.
 */
export function clientIp(req: MedusaRequest): string | null {
  const { trustedProxyHops } = portalOptions(req.scope).limits
  const forwarded = [req.headers["x-forwarded-for"] ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
  const chain = [req.socket.remoteAddress ?? "", ...forwarded.reverse()]
  const ip = chain[Math.min(trustedProxyHops, chain.length - 1)] ?? ""
  return (
    ip
      .replace(CONTROL, "")
      .replace(/^::ffff:/, "")
      .slice(0, MAX_IP) || null
  )
}

function labelOf(userAgent: string): string | null {
  const { browser, os } = Bowser.parse(userAgent)
  const parts = [browser.name, os.name].filter(Boolean)
  return parts.length ? parts.join(" on ").slice(0, 80) : null
}
