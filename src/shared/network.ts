/** Groups of an IPv6 address, and those of them that name the network. */
const GROUPS = 8
const NETWORK_GROUPS = 4

/**
 * The network that stands for an address where something is counted. Whoever has
 * one IPv6 address has the 2^64 of its network, so those count as one.
 *
 * @example
 * networkOf("203.0.113.7") // "203.0.113.7"
 * networkOf("2001:db8::7") // "2001:db8:0:0::/64"
 */
export function networkOf(ip: string): string {
  if (!ip.includes(":")) {
    return ip
  }
  const [address = ""] = ip.toLowerCase().split("%")
  const [left = "", right] = address.split("::")
  const before = left.split(":").filter(Boolean)
  const after = (right ?? "").split(":").filter(Boolean)
  const missing = GROUPS - before.length - after.length
  const isWhole = right === undefined ? missing === 0 : missing > 0
  const groups = [...before, ...Array<string>(Math.max(missing, 0)).fill("0")]
  if (!isWhole || !groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) {
    return ip
  }
  const network = [...groups, ...after].slice(0, NETWORK_GROUPS)
  return `${network.map((group) => parseInt(group, 16).toString(16)).join(":")}::/64`
}
