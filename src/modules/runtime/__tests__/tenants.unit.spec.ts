import { parseOptions } from "../options"
import { DEFAULT_TENANT_ID, tenantOfChannels, tenantsOf } from "../tenants"

const parse = (options: object) => parseOptions(options, "production")

const two = [
  { id: "a", salesChannelIds: ["sc_1", "sc_2"] },
  {
    id: "b",
    salesChannelIds: ["sc_3"],
    paymentProviderIds: ["pp_stripe_b"],
    portalUrl: "https://b.test/account",
    returnOrigins: ["https://b.test"],
    returnPaths: ["/account"],
    branding: { primaryColor: "#ff0000" },
    locale: "de",
    enabled: false,
  },
]

describe("tenants", () => {
  it("is one, for everything, unless there are more", () => {
    const tenants = tenantsOf(parse({ branding: { name: "Shop" } }))
    expect(tenants).toMatchObject([
      {
        id: DEFAULT_TENANT_ID,
        enabled: true,
        sales_channel_ids: null,
        payment_provider_ids: null,
        branding: { name: "Shop" },
      },
    ])
    expect(tenantOfChannels(tenants, [])).toBe(tenants[0])
    expect(tenantOfChannels(tenants, ["sc_9", "sc_8"])).toBe(tenants[0])
  })

  it("takes from the store what it does not say", () => {
    const [a, b] = tenantsOf(
      parse({
        tenants: two,
        portalUrl: "https://shop.test/portal",
        returnOrigins: ["https://shop.test"],
        branding: { name: "Shop", supportEmail: "help@shop.test" },
      })
    )
    expect(a).toMatchObject({
      portal_url: "https://shop.test/portal",
      return_origins: ["https://shop.test"],
      return_paths: null,
      payment_provider_ids: null,
      locale: "en",
    })
    expect(b).toMatchObject({
      enabled: false,
      portal_url: "https://b.test/account",
      return_origins: ["https://b.test"],
      payment_provider_ids: ["pp_stripe_b"],
      locale: "de",
      branding: {
        name: "Shop",
        primary_color: "#ff0000",
        support_email: "help@shop.test",
      },
    })
  })

  it("is the one that covers all channels of a key", () => {
    const tenants = tenantsOf(parse({ tenants: two }))
    const [a, b] = tenants
    expect(tenantOfChannels(tenants, ["sc_1"])).toBe(a)
    expect(tenantOfChannels(tenants, ["sc_1", "sc_2"])).toBe(a)
    expect(tenantOfChannels(tenants, ["sc_3"])).toBe(b)
    expect(tenantOfChannels(tenants, ["sc_1", "sc_3"])).toBe("several")
    // One of its channels is nobody's: the key says more than the tenant.
    expect(tenantOfChannels(tenants, ["sc_1", "sc_9"])).toBe("several")
    expect(tenantOfChannels(tenants, ["sc_9"])).toBe("none")
    expect(tenantOfChannels(tenants, [])).toBe("none")
  })

  it.each([
    ["tenants", [two[0], two[0]]],
    ["tenants", [two[0], { id: "c", salesChannelIds: ["sc_2"] }]],
    ["tenants.0.id", [{ id: "A B", salesChannelIds: ["sc_1"] }]],
    ["tenants.0.salesChannelIds", [{ id: "a", salesChannelIds: [] }]],
    [
      "tenants.0.portalUrl",
      [{ ...two[0], portalUrl: "http://shop.test/portal" }],
    ],
    ["tenants.0.returnOrigins.0", [{ ...two[0], returnOrigins: ["*"] }]],
  ])("stops at a wrong %s", (name, tenants) => {
    expect(() => parse({ tenants })).toThrow(`option "${name}"`)
  })

  it.each([
    ["portalUrl", "https://shop.test/"],
    ["portalUrl", "ftp://shop.test"],
    ["portalUrl", "https://user@shop.test/x"],
    ["portalUrl", "https://shop.test/x?y=1"],
    ["returnOrigins.0", ["https://shop.test/"]],
    ["returnOrigins.0", ["http://shop.test"]],
    ["branding.primaryColor", { primaryColor: "red" }],
    ["sessions.linkSeconds", { linkSeconds: 59 }],
    ["sessions.linkSeconds", { linkSeconds: 86_401 }],
    [
      "sessions.linkSecrets.0.secret",
      { linkSecrets: [{ kid: "a", secret: "short" }] },
    ],
    ["limits.loginPerIp.max", { loginPerIp: { max: -1 } }],
  ])("stops at a wrong %s: %p", (name, value) => {
    const root = name.split(".")[0] ?? ""
    expect(() => parse({ [root]: value })).toThrow(`option "${name}"`)
  })
})
