import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import {
  startResendServer,
  type PlannedAnswer,
} from "../../src/providers/notification-resend/__tests__/resend-server"
import { sendMail } from "../../src/workflows/mails/send-mail"
import { mailbox, portalTest } from "../helpers"

jest.setTimeout(180_000)

const KEY = "re_test_of_the_plugin"
const LINK = "https://shop.example/account/access#t=ppl_1.k1.secret"

let resend: Awaited<ReturnType<typeof startResendServer>>

// Before the store starts: it reads the address then.
beforeAll(async () => {
  resend = await startResendServer()
  process.env.RESEND_BASE_URL = resend.url
})
afterAll(async () => {
  delete process.env.RESEND_BASE_URL
  await resend.close()
})

portalTest({
  env: { RESEND_API_KEY: KEY, RESEND_FROM: "Shop <hello@shop.example>" },
  testSuite: (app) => {
    let errors: string[]

    beforeEach(() => {
      resend.requests.length = 0
      resend.plan.length = 0
      errors = []
      const logger = app
        .container()
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      jest.spyOn(logger, "error").mockImplementation((...parts: unknown[]) => {
        errors.push(parts.map(String).join(" "))
      })
    })
    afterEach(() => {
      jest.restoreAllMocks()
    })

    const send = (idempotency_key: string) =>
      sendMail(app.container(), {
        template: "portal-login",
        to: "clara@mails.example",
        tenant: {
          id: "default",
          locale: "en",
          branding: {
            name: "Shop",
            logo_url: null,
            primary_color: "#111827",
            background_color: "#f3f4f6",
            text_color: "#111827",
            footer: null,
            support_email: null,
          },
        },
        props: { url: LINK, code: "7KQ2M9XR", expires_in_minutes: 10 },
        idempotency_key,
      })
    const rows = () =>
      app.db<{ status: string; external_id: string | null }>(
        "select * from notification order by created_at, id"
      )
    const problem = (status: number, name: string): PlannedAnswer => ({
      status,
      body: { statusCode: status, name, message: `${LINK} ${KEY}` },
    })

    it("sends a mail of the plugin through Resend", async () => {
      expect(await send("resend:1")).toMatchObject({ sent: true })

      expect(resend.requests).toHaveLength(1)
      const [request] = resend.requests
      expect(request?.headers.authorization).toBe(`Bearer ${KEY}`)
      expect(request?.body).toMatchObject({
        from: "Shop <hello@shop.example>",
        to: "clara@mails.example",
        subject: "Your sign-in link for Shop",
        html: expect.stringContaining(LINK),
        text: expect.stringContaining("7KQ2-M9XR"),
      })
      expect(await rows()).toMatchObject([
        { status: "success", external_id: "mail_1", provider_id: "resend" },
      ])
      expect(JSON.stringify(await rows())).not.toMatch(/ppl_|7KQ2/)
      expect(mailbox()).toEqual([])
    })

    it("gets over an outage without a second mail", async () => {
      resend.plan.push(problem(500, "internal_server_error"), "reset")
      expect(await send("resend:2")).toMatchObject({ sent: true })

      const keys = resend.requests.map(
        ({ headers }) => headers["idempotency-key"]
      )
      expect(keys).toHaveLength(3)
      expect(new Set(keys).size).toBe(1)
      expect(errors).toEqual([])
    })

    it("reports a refusal, and has the same key when it is tried anew", async () => {
      resend.plan.push(problem(422, "validation_error"))
      expect(await send("resend:3")).toEqual({ sent: false, reason: "failed" })
      expect(resend.requests).toHaveLength(1)
      expect(errors).toHaveLength(1)
      expect(errors[0]).toContain("validation_error (422)")
      expect(errors[0]).not.toMatch(/ppl_|7KQ2|clara|re_test/)

      expect(await send("resend:3")).toMatchObject({ sent: true })
      const [first, second] = resend.requests
      expect(second?.headers["idempotency-key"]).toBe(
        first?.headers["idempotency-key"]
      )
      expect((await rows()).map(({ status }) => status)).toEqual([
        "failure",
        "success",
      ])
    })
  },
})
