// Control characters, spaces and backslashes are read differently by parsers.
const SUSPECT = /[\u0000-\u0020\u007f\\]/

/**
 * Whether a session may send the customer to an address. The parsed origin must
 * stand in the list, exactly. That a page of an allowed origin redirects further
 * is that page's affair; a list of paths narrows it.
 *
 * @param paths - null: any path of these origins
 * @example
 * isAllowedReturnUrl("https://shop.example/account", ["https://shop.example"], null) // true
 * isAllowedReturnUrl("https://shop.example@evil.test", ["https://shop.example"], null) // false
 */
export function isAllowedReturnUrl(
  value: string,
  origins: readonly string[],
  paths: readonly string[] | null
): boolean {
  if (SUSPECT.test(value) || !/^https?:\/\/[^/]/i.test(value)) {
    return false
  }
  let url: URL
  try {
    url = new URL(value)
  } catch {
    return false
  }
  if (url.username || url.password || /%00|%2e/i.test(value)) {
    return false
  }
  return (
    origins.includes(url.origin) &&
    (paths === null || paths.some((path) => isBelow(url.pathname, path)))
  )
}

function isBelow(pathname: string, path: string): boolean {
  const folder = path.endsWith("/") ? path : `${path}/`
  return pathname === path || pathname.startsWith(folder)
}
