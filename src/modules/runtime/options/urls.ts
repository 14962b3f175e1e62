import { z } from "@medusajs/framework/zod"

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"])

/**
 * Whether a text is the origin of a web page, written as browsers write it.
 * Plain http is for the own computer only.
 *
 * @example
 * isOrigin("https://shop.example") // true
 * isOrigin("https://shop.example/") // false: a path
 */
export function isOrigin(value: string): boolean {
  const url = parse(value)
  return url !== undefined && url.origin === value && isSafe(url)
}

function isPortalUrl(value: string): boolean {
  const url = parse(value)
  return (
    url !== undefined &&
    isSafe(url) &&
    !url.search &&
    !url.hash &&
    !url.username &&
    !url.password &&
    !value.endsWith("/")
  )
}

function isSafe({ protocol, hostname }: URL): boolean {
  return (
    protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname))
  )
}

function parse(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined
}

/** An exact origin such as `https://shop.example`. */
export const originSchema = z.string().max(255).refine(isOrigin, {
  error:
    "must be an origin such as https://shop.example (http for localhost only)",
})

/** An address without query, fragment, login and trailing slash. */
export const portalUrlSchema = z.string().max(500).refine(isPortalUrl, {
  error:
    "must be an https address such as https://shop.example/account, without a trailing slash (http for localhost only)",
})
