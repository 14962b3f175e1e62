import { parseOptions } from "../options"

const PREFIX = "medusa-plugin-customer-portal: option"

describe("parseOptions", () => {
  it.each([undefined, null, {}])("fills in the defaults for %p", (input) => {
    expect(parseOptions(input, "production")).toMatchObject({
      testClock: false,
      timezone: "UTC",
      offSessionProviders: ["pp_stripe_*", "pp_system_default"],
      stripe: { timeout: 20_000, apiKeys: {} },
      renewals: {
        batchSize: 50,
        concurrency: 8,
        leaseSeconds: 120,
        retryDays: [1, 3, 5, 7],
        afterLastRetry: "past_due",
        graceDays: 7,
        actionRequiredDays: 3,
        safetyHours: 20,
      },
      portalUrl: "http://localhost:9000/portal",
      returnOrigins: [],
      branding: {},
      tenants: [],
      sessions: {
        linkSeconds: 600,
        absoluteSeconds: 3600,
        idleSeconds: 900,
        recoverSeconds: 604_800,
        maxPendingLinks: 10,
        linkSecrets: [],
        linkStyle: "fragment",
        retentionDays: 90,
      },
      limits: {
        trustedProxyHops: 1,
        loginPerEmail: { max: 3, seconds: 900 },
        loginPerEmailDaily: { max: 10, seconds: 86_400 },
        loginPerIp: { max: 20, seconds: 3600 },
      },
    })
  })

  it("keeps what a merchant writes", () => {
    const options = {
      testClock: true,
      timezone: "Europe/Berlin",
      offSessionProviders: ["pp_adyen_*"],
      stripe: {
        host: "127.0.0.1",
        port: 12111,
        protocol: "http" as const,
        timeout: 100,
        apiKeys: { pp_stripe_stripe: "sk_test_1" },
      },
      renewals: {
        batchSize: 500,
        concurrency: 1,
        leaseSeconds: 3600,
        retryDays: [],
        afterLastRetry: "cancel" as const,
        graceDays: 0,
        actionRequiredDays: 30,
        safetyHours: 0,
      },
    }
    expect(parseOptions(options, "development")).toMatchObject(options)
  })

  it.each<[string, unknown]>([
    ["testClock", "yes"],
    ["timezone", "Mars/Base"],
    ["timezone", ""],
    ["timezone", 1],
    ["offSessionProviders", []],
    ["offSessionProviders", "pp_stripe_stripe"],
    ["offSessionProviders.0", ["stripe"]],
    ["offSessionProviders.1", ["pp_system_default", "pp_*_x"]],
    ["stripe", "api.stripe.com"],
    ["stripe.host", { host: "" }],
    ["stripe.port", { port: 0 }],
    ["stripe.port", { port: 70_000 }],
    ["stripe.port", { port: "443" }],
    ["stripe.protocol", { protocol: "ftp" }],
    ["stripe.timeout", { timeout: 99 }],
    ["stripe.timeout", { timeout: 80_001 }],
    ["stripe.apiKeys.pp_stripe_stripe", { apiKeys: { pp_stripe_stripe: "" } }],
    ["stripe.apiKey", { apiKey: "sk_test_1" }],
    ["renewals", []],
    ["renewals.batchSize", { batchSize: 0 }],
    ["renewals.batchSize", { batchSize: 501 }],
    ["renewals.batchSize", { batchSize: 1.5 }],
    ["renewals.concurrency", { concurrency: 65 }],
    ["renewals.leaseSeconds", { leaseSeconds: 0 }],
    ["renewals.retryDays", { retryDays: 3 }],
    ["renewals.retryDays.1", { retryDays: [1, -1] }],
    ["renewals.retryDays.0", { retryDays: [0] }],
    ["renewals.retryDays.0", { retryDays: [91] }],
    ["renewals.retryDays", { retryDays: Array(16).fill(1) }],
    ["renewals.afterLastRetry", { afterLastRetry: "nothing" }],
    ["renewals.graceDays", { graceDays: -1 }],
    ["renewals.actionRequiredDays", { actionRequiredDays: 0 }],
    ["renewals.safetyHours", { safetyHours: -1 }],
    ["renewals.safetyHours", { safetyHours: Number.NaN }],
    ["renewals.saftyHours", { saftyHours: 1 }],
    ["mails.from", { from: "" }],
    ["mails.enabled.portal-login", { enabled: { "portal-login": "no" } }],
    ["mails.enabled.portal-logout", { enabled: { "portal-logout": false } }],
    ["mails.resendWebhookSecret", { resendWebhookSecret: "secret" }],
    ["timeZone", "UTC"],
  ])("stops at a wrong %s: %p", (name, value) => {
    const root = name.split(".")[0] ?? ""
    let message = ""
    try {
      parseOptions({ [root]: value }, "development")
    } catch (error) {
      message = (error as Error).message
    }
    expect(message.startsWith(`${PREFIX} "${name}" `)).toBe(true)
    expect(message).toMatch(/^[^\n]+\.$/)
  })

  it("never repeats a secret in its sentence", () => {
    const options = { stripe: { apiKeys: ["sk_live_secret"] } }
    expect(() => parseOptions(options, "production")).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining("sk_live_secret") as string,
      })
    )
  })

  it("refuses the test clock in production", () => {
    expect(() => parseOptions({ testClock: true }, "production")).toThrow(
      `${PREFIX} "testClock" must be off with NODE_ENV=production.`
    )
    expect(parseOptions({ testClock: false }, "production").testClock).toBe(
      false
    )
  })
})
