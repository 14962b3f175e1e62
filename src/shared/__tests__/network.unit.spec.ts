import { networkOf } from "../network"

describe("networkOf", () => {
  it.each([
    ["2001:db8::7", "2001:db8:0:0::/64"],
    ["2001:0db8:0000:0000:ffff:0:0:1", "2001:db8:0:0::/64"],
    ["2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
  ])("%s is of %s", (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })

  it.each([
    "203.0.113.7",
    "",
    "unknown",
    "1:2:3",
    "1:2:3:4:5:6:7:8:9",
    "[2001:db8::7]:4711",
    "g::1",
  ])("leaves %s as it is", (ip) => {
    expect(networkOf(ip)).toBe(ip)
  })
})
