import type { NotificationTypes } from "@medusajs/framework/types"
import provider from ".."
import type { ResendNotificationService } from "../service"
import { startResendServer, type PlannedAnswer } from "./resend-server"

const KEY = "re_secret_key_1234567890"
const SECRET = "https://shop.example/access#t=ppl_1.secret"
const [Service] = provider.services as [typeof ResendNotificationService]

let server: Awaited<ReturnType<typeof startResendServer>>

beforeAll(async () => {
  server = await startResendServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  server.plan.length = 0
})

const service = (options: Record<string, unknown> = {}) => {
  const all = {
    apiKey: KEY,
    from: "Shop <hello@shop.example>",
    baseUrl: server.url,
    ...options,
  }
  Service.validateOptions(all)
  return new Service({}, all)
}

const notification = (
  overrides: Record<string, unknown> = {}
): NotificationTypes.ProviderSendNotificationDTO => ({
  to: "clara@example.com",
  channel: "email",
  template: "portal-login",
  content: {
    subject: "Sign in",
    html: `<a href="${SECRET}">Sign in</a>`,
    text: SECRET,
  },
  ...{ idempotency_key: "portal-login:plr_1" },
  ...overrides,
})

const keys = () =>
  server.requests.map(({ headers }) => headers["idempotency-key"])

const problem = (
  status: number,
  name: string,
  headers?: Record<string, string>
): PlannedAnswer => ({
  status,
  body: {
    statusCode: status,
    name,
    message: `refused clara@example.com ${SECRET} ${KEY}`,
  },
  headers,
})

it("sends html and text with the key, and answers with Resend's id", async () => {
  const sent = await service({ replyTo: "help@shop.example" }).send(
    notification({
      attachments: [
        {
          filename: "invoice.txt",
          content: Buffer.from("Invoice 1").toString("base64"),
          content_type: "text/plain",
        },
        { filename: "raw.bin", content: "\u0000\u00ff", id: "x" },
      ],
    })
  )

  expect(sent).toEqual({ id: "mail_1" })
  expect(server.requests).toHaveLength(1)
  const [request] = server.requests
  expect(request).toMatchObject({ method: "POST", path: "/emails" })
  expect(request?.headers.authorization).toBe(`Bearer ${KEY}`)
  expect(request?.headers["idempotency-key"]).toMatch(/^[0-9a-f]{64}$/)
  expect(request?.body).toMatchObject({
    from: "Shop <hello@shop.example>",
    to: "clara@example.com",
    reply_to: "help@shop.example",
    subject: "Sign in",
    html: `<a href="${SECRET}">Sign in</a>`,
    text: SECRET,
    attachments: [
      {
        filename: "invoice.txt",
        content: Buffer.from("Invoice 1").toString("base64"),
        content_type: "text/plain",
      },
      { filename: "raw.bin", content: "AP8=" },
    ],
  })
})

it("takes the sender of the notification before its own", async () => {
  await service().send(notification({ from: "Other <other@shop.example>" }))
  expect(server.requests[0]?.body.from).toBe("Other <other@shop.example>")
})

it.each<[string, PlannedAnswer[]]>([
  ["500", [problem(500, "internal_server_error")]],
  ["503 in HTML, twice", [1, 2].map(() => ({ status: 503, body: "<html>" }))],
  ["429", [problem(429, "rate_limit_exceeded", { "retry-after": "1" })]],
  ["a reset connection", ["reset"]],
  ["two parallel tries", [problem(409, "concurrent_idempotent_requests")]],
])("tries again after %s, with the same key", async (_name, answers) => {
  server.plan.push(...answers)
  const { id } = await service().send(notification())

  expect(server.requests).toHaveLength(answers.length + 1)
  expect(id).toBe(`mail_${answers.length + 1}`)
  expect(new Set(keys()).size).toBe(1)
  expect(keys()[0]).toMatch(/^[0-9a-f]{64}$/)
})

it.each([
  [400, "validation_error"],
  [401, "invalid_api_key"],
  [403, "invalid_from_address"],
  [409, "invalid_idempotent_request"],
  [422, "missing_required_field"],
  [429, "daily_quota_exceeded"],
])("does not repeat a %i (%s), and tells no secret", async (status, name) => {
  server.plan.push(problem(status, name))
  const message = await refusal(service().send(notification()))

  expect(server.requests).toHaveLength(1)
  expect(message).toBe(`Resend did not take the mail: ${name} (${status}).`)
})

it("gives up after three tries", async () => {
  server.plan.push(...[1, 2, 3, 4].map(() => problem(502, "application_error")))
  const message = await refusal(service().send(notification()))

  expect(server.requests).toHaveLength(3)
  expect(new Set(keys()).size).toBe(1)
  expect(message).toContain("application_error (502)")
  expect(message).not.toMatch(/clara|ppl_|re_secret/)
})

it("takes no name from Resend that is none", async () => {
  server.plan.push({
    status: 422,
    body: { statusCode: 422, name: SECRET, message: "x" },
  })
  expect(await refusal(service().send(notification()))).toContain(
    "unknown_error (422)"
  )
})

it("has one key for all attempts of a mail, and another for another mail", async () => {
  const resend = service()
  await resend.send(notification())
  await resend.send(
    notification({ idempotency_key: "portal-login:plr_1:try-2" })
  )
  await resend.send(notification({ idempotency_key: "portal-login:plr_2" }))
  await resend.send(
    notification({ content: { subject: "Sign in", text: "new", html: "" } })
  )
  await resend.send(notification({ idempotency_key: null }))
  await resend.send(notification({ idempotency_key: null }))

  const [first, second, ...others] = keys()
  expect(second).toBe(first)
  expect(new Set([first, ...others]).size).toBe(5)
})

it("refuses a notification without content", async () => {
  expect(
    await refusal(service().send(notification({ content: null })))
  ).toMatch(/content/)
  expect(server.requests).toHaveLength(0)
})

it.each([
  ["apiKey", { apiKey: "" }],
  ["from", { from: undefined }],
  ["replyTo", { replyTo: [1] }],
  ["baseUrl", { baseUrl: "no address" }],
])("names a wrong option: %s", (name, options) => {
  expect(() => service(options)).toThrow(`option "${name}"`)
})

async function refusal(sending: Promise<unknown>): Promise<string> {
  return await sending.then(
    () => "sent",
    (error: Error) => error.message
  )
}
