import { createHmac } from "node:crypto"

import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import {
  sendMail,
  type SendMailInput,
} from "../../src/workflows/mails/send-mail"
import type { Branding } from "../../src/types/tenant"
import { mailbox, parallel, portalTest, refuseMails } from "../helpers"

jest.setTimeout(180_000)

const SECRET = `whsec_${Buffer.from("a secret of 24 characters").toString("base64")}`
const CODE = "7KQ2M9XR"
const LINK = "https://shop.example/account/access#t=ppl_1.k1.secret"
const TO = "clara@mails.example"

const branding: Branding = {
  name: "",
  logo_url: null,
  primary_color: "#0f766e",
  background_color: "#f3f4f6",
  text_color: "#111827",
  footer: null,
  support_email: "help@shop.example",
}

portalTest({
  options: {
    mails: {
      from: "Shop <hello@shop.example>",
      enabled: { "password-changed": false },
      resendWebhookSecret: SECRET,
    },
  },
  testSuite: (app) => {
    let logged: string[]

    beforeEach(() => {
      logged = []
      const logger = app
        .container()
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      for (const level of ["error", "warn", "info"] as const) {
        jest.spyOn(logger, level).mockImplementation((...parts: unknown[]) => {
          logged.push(`${level}: ${parts.map(String).join(" ")}`)
        })
      }
    })
    afterEach(() => {
      jest.restoreAllMocks()
    })

    const loginMail = (key: string): SendMailInput<"portal-login"> => ({
      template: "portal-login",
      to: TO,
      tenant: { id: "default", branding, locale: "fr" },
      locale: "de-AT",
      props: { url: LINK, code: CODE, expires_in_minutes: 10 },
      idempotency_key: key,
      receiver_id: "cus_mail",
      resource_id: "plr_1",
      resource_type: "portal_login_request",
      trigger_type: "portal-login",
    })
    const send = (key: string) => sendMail(app.container(), loginMail(key))
    const rows = (key: string) =>
      app.db<{ id: string; idempotency_key: string; status: string }>(
        "select * from notification where idempotency_key like ? order by created_at, id",
        [`${key}%`]
      )

    describe("sendMail", () => {
      it("hands html and text to the provider, and stores nothing secret", async () => {
        const result = await send("mail:1")

        expect(result).toEqual({
          sent: true,
          notification_id: expect.stringMatching(/^noti_/),
        })
        const [mail] = mailbox({ to: TO })
        expect(mailbox()).toHaveLength(1)
        expect(mail).toMatchObject({
          channel: "email",
          template: "portal-login",
          from: "Shop <hello@shop.example>",
          data: { tenant_id: "default" },
        })
        expect(mail?.content?.subject).toMatch(/^Ihr Anmeldelink für .+/)
        expect(mail?.content?.html).toContain(`href="${LINK}"`)
        expect(mail?.content?.text).toContain("7KQ2-M9XR")

        const stored = await rows("mail:1")
        expect(stored).toHaveLength(1)
        expect(stored[0]).toMatchObject({
          to: TO,
          status: "success",
          external_id: "mail_1",
          receiver_id: "cus_mail",
          resource_id: "plr_1",
          resource_type: "portal_login_request",
          trigger_type: "portal-login",
        })
        expect(JSON.stringify(stored)).not.toMatch(/ppl_|7KQ2|Anmelde|html/)
        expect(logged.join()).not.toMatch(/ppl_|7KQ2/)
      })

      it("takes the store's name where the tenant has none", async () => {
        const [store] = await app.db<{ name: string }>("select name from store")
        await send("mail:name")
        expect(mailbox()[0]?.content?.subject).toContain(store?.name)
      })

      it("sends once, also when many want to at the same time", async () => {
        const { fulfilled: results } = await parallel(20, () =>
          send("mail:parallel")
        )

        expect(mailbox()).toHaveLength(1)
        expect(results.filter(({ sent }) => sent)).toHaveLength(1)
        expect(
          results.filter(
            (result) => !result.sent && result.reason === "duplicate"
          )
        ).toHaveLength(19)
        expect(await rows("mail:parallel")).toHaveLength(1)
        expect(await send("mail:parallel")).toEqual({
          sent: false,
          reason: "duplicate",
        })
        expect(mailbox()).toHaveLength(1)
      })

      it("reports a failing provider without the mail, and can be tried anew", async () => {
        refuseMails(`no: ${TO} ${LINK} ${CODE}`)
        expect(await send("mail:retry")).toEqual({
          sent: false,
          reason: "failed",
        })
        expect(mailbox()).toHaveLength(0)
        const [report, ...others] = logged.filter((line) =>
          line.startsWith("error")
        )
        expect(others).toEqual([])
        expect(report).toContain("portal-login (mail:retry) was not sent")
        expect(report).toContain("no: […] […] […]")
        expect(report).not.toMatch(/clara|ppl_|7KQ2/)

        expect(await send("mail:retry")).toMatchObject({ sent: true })
        expect(await send("mail:retry")).toMatchObject({ reason: "duplicate" })
        expect(mailbox()).toHaveLength(1)
        const stored = await rows("mail:retry")
        expect(stored).toMatchObject([
          { idempotency_key: "mail:retry", status: "failure" },
          {
            idempotency_key: "mail:retry:try-2",
            status: "success",
            original_notification_id: stored[0]?.id,
          },
        ])
      })

      it("is sent once by many that try a failed mail anew", async () => {
        refuseMails("down")
        await send("mail:again")
        const { fulfilled: results } = await parallel(20, () =>
          send("mail:again")
        )
        expect(results.filter(({ sent }) => sent)).toHaveLength(1)
        expect(mailbox()).toHaveLength(1)
      })

      it("gives up a mail that failed five times", async () => {
        refuseMails(...Array.from({ length: 5 }, () => "down"))
        for (let attempt = 0; attempt < 6; attempt++) {
          expect(await send("mail:hopeless")).toEqual({
            sent: false,
            reason: "failed",
          })
        }
        expect(mailbox()).toHaveLength(0)
        expect(await rows("mail:hopeless")).toHaveLength(5)
      })

      it("sends what a process left behind that died while sending", async () => {
        await send("mail:died")
        await app.db(
          "update notification set status = 'pending' where idempotency_key = 'mail:died'"
        )
        expect(await send("mail:died")).toMatchObject({ reason: "duplicate" })
        await app.db(
          "update notification set created_at = now() - interval '11 minutes' where idempotency_key = 'mail:died'"
        )
        expect(await send("mail:died")).toMatchObject({ sent: true })
        expect(mailbox()).toHaveLength(2)
      })

      it("leaves out a mail that is switched off", async () => {
        const result = await sendMail(app.container(), {
          template: "password-changed",
          to: TO,
          tenant: { id: "default", branding, locale: "en" },
          props: {},
          idempotency_key: "mail:off",
        })
        expect(result).toEqual({ sent: false, reason: "disabled" })
        expect(mailbox()).toHaveLength(0)
        expect(await rows("mail:off")).toHaveLength(0)
      })

      it("does not throw for a mail that cannot be written", async () => {
        const input = loginMail("mail:broken")
        const result = await sendMail(app.container(), {
          ...input,
          props: { ...input.props, url: "javascript:alert(1)" },
        })
        expect(result).toEqual({ sent: false, reason: "failed" })
        expect(mailbox()).toHaveLength(0)
        expect(logged.join()).not.toContain("javascript:")
      })

      it("warns once where no provider sends mails", async () => {
        const service = app
          .container()
          .resolve(Modules.NOTIFICATION) as unknown as {
          notificationProviderService_: { providersCache: Map<string, unknown> }
        }
        const cache = service.notificationProviderService_.providersCache
        const provider = cache.get("email")
        cache.delete("email")
        try {
          for (const key of ["mail:none:1", "mail:none:2"]) {
            expect(await send(key)).toEqual({
              sent: false,
              reason: "no_provider",
            })
          }
        } finally {
          cache.set("email", provider)
        }
        expect(logged).toEqual([expect.stringMatching(/^warn: .*no mails/)])
      })
    })

    describe("POST /hooks/portal/resend", () => {
      const now = () => Math.floor(Date.now() / 1000)
      const event = (type = "email.delivered") =>
        JSON.stringify({
          type,
          created_at: "2026-11-25T10:30:00.000Z",
          data: {
            email_id: "mail_1",
            to: [TO],
            subject: "Secret subject",
          },
        })
      const sign = (id: string, timestamp: number, payload: string) =>
        `v1,${createHmac(
          "sha256",
          Buffer.from(SECRET.slice("whsec_".length), "base64")
        )
          .update(`${id}.${timestamp}.${payload}`)
          .digest("base64")}`

      const post = async (
        payload: string,
        headers: Record<string, string>
      ): Promise<{ status: number; data: { code?: string } }> => {
        const answer = await fetch(`${app.baseUrl()}/hooks/portal/resend`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: payload,
        })
        return {
          status: answer.status,
          data: (await answer.json()) as { code?: string },
        }
      }
      const signed = (id: string, payload = event(), timestamp = now()) =>
        post(payload, {
          "svix-id": id,
          "svix-timestamp": String(timestamp),
          "svix-signature": sign(id, timestamp, payload),
        })
      const deliveries = () =>
        app.db("select * from portal_mail_delivery order by created_at, id")

      it("writes a signed event down, without address and subject", async () => {
        expect(await signed("msg_1")).toEqual({
          status: 200,
          data: { received: true },
        })
        const stored = await deliveries()
        expect(stored).toHaveLength(1)
        expect(stored[0]).toMatchObject({
          id: expect.stringMatching(/^pmd_/),
          provider: "resend",
          event_id: "msg_1",
          message_id: "mail_1",
          type: "email.delivered",
          occurred_at: new Date("2026-11-25T10:30:00.000Z"),
        })
        expect(JSON.stringify(stored)).not.toMatch(/clara|Secret/)
      })

      it("writes a repeated event down once", async () => {
        const { fulfilled: answers } = await parallel(20, () => signed("msg_2"))
        expect(answers.map(({ status }) => status)).toEqual(
          Array.from({ length: 20 }, () => 200)
        )
        expect(await deliveries()).toHaveLength(1)
        await signed("msg_3", event("email.bounced"))
        expect(await deliveries()).toHaveLength(2)
      })

      it("takes one good signature among several, as after a change of keys", async () => {
        const timestamp = now()
        const answer = await post(event(), {
          "svix-id": "msg_4",
          "svix-timestamp": String(timestamp),
          "svix-signature": `v1,AAAA ${sign("msg_4", timestamp, event())}`,
        })
        expect(answer.status).toBe(200)
        expect(await deliveries()).toHaveLength(1)
      })

      it("takes what is no mail's event, and leaves it", async () => {
        for (const payload of [
          event("contact.created"),
          "{}",
          "[]",
          '{"type":"email.sent"}',
          '{"type":"email.sent","created_at":"x","data":{"email_id":1}}',
        ]) {
          expect((await signed("msg_5", payload)).status).toBe(200)
        }
        expect(await deliveries()).toEqual([])
      })

      it.each<
        [string, () => Promise<{ status: number; data: { code?: string } }>]
      >([
        ["no signature", () => post(event(), {})],
        [
          "another key's signature",
          () =>
            post(event(), {
              "svix-id": "msg_6",
              "svix-timestamp": String(now()),
              "svix-signature": `v1,${createHmac("sha256", "other").update(`msg_6.${now()}.${event()}`).digest("base64")}`,
            }),
        ],
        [
          "a changed body",
          () => {
            const timestamp = now()
            return post(event("email.bounced"), {
              "svix-id": "msg_6",
              "svix-timestamp": String(timestamp),
              "svix-signature": sign("msg_6", timestamp, event()),
            })
          },
        ],
        [
          "another event's id",
          () => {
            const timestamp = now()
            return post(event(), {
              "svix-id": "msg_7",
              "svix-timestamp": String(timestamp),
              "svix-signature": sign("msg_6", timestamp, event()),
            })
          },
        ],
        ["an old signature", () => signed("msg_6", event(), now() - 301)],
        ["one from the future", () => signed("msg_6", event(), now() + 400)],
        [
          "a signature of an unknown version",
          () =>
            post(event(), {
              "svix-id": "msg_6",
              "svix-timestamp": String(now()),
              "svix-signature": sign("msg_6", now(), event()).replace(
                "v1",
                "v9"
              ),
            }),
        ],
        [
          "half a signature",
          () =>
            post(event(), {
              "svix-id": "msg_6",
              "svix-timestamp": String(now()),
              "svix-signature": "v1",
            }),
        ],
        [
          "no time",
          () =>
            post(event(), {
              "svix-id": "msg_6",
              "svix-timestamp": "soon",
              "svix-signature": "v1,AAAA",
            }),
        ],
        [
          "no JSON",
          () =>
            post("type=email.sent", {
              "content-type": "application/x-www-form-urlencoded",
              "svix-id": "msg_6",
              "svix-timestamp": String(now()),
              "svix-signature": "v1,AAAA",
            }),
        ],
      ])("refuses %s", async (_name, call) => {
        const answer = await call()
        expect(answer).toMatchObject({
          status: 400,
          data: { code: "webhook_invalid" },
        })
        expect(await deliveries()).toEqual([])
      })

      it("has no other method", async () => {
        const answer = await fetch(`${app.baseUrl()}/hooks/portal/resend`)
        expect(answer.status).toBe(404)
      })
    })
  },
})
