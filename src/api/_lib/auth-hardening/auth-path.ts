import type { MedusaRequest } from "@medusajs/framework/http"

/**
 * The segments of a path as Express compares them: decoded, without a trailing
 * slash. Whoever writes a path in another way must meet the same guard.
 *
 * @returns null for what Express refuses as well
 */
export function pathSegments(req: MedusaRequest): string[] | null {
  try {
    return `${req.baseUrl}${req.path}`
      .split("/")
      .filter(Boolean)
      .map((segment) => decodeURIComponent(segment))
  } catch {
    return null
  }
}

/**
 * Fits segments to a pattern such as `auth/:actor/:provider`. Fixed words match in
 * any case, as in Express.
 */
export function fitPath(
  pattern: string,
  segments: string[]
): Record<string, string> | null {
  const parts = pattern.split("/")
  if (parts.length !== segments.length) {
    return null
  }
  const params: Record<string, string> = {}
  for (const [n, part] of parts.entries()) {
    const segment = segments[n] ?? ""
    if (part.startsWith(":")) {
      params[part.slice(1)] = segment
    } else if (part !== segment.toLowerCase()) {
      return null
    }
  }
  return params
}
