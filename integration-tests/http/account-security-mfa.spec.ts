import { generateTotpCode } from "@medusajs/auth/dist/utils/totp"
import { Modules } from "@medusajs/framework/utils"
import {
  attackCase,
  expectError,
  parallel,
  portalTest,
  registerCustomer,
  statuses,
  waitForMail,
} from "../helpers"
import { ok } from "../helpers/http"
import {
  ME,
  answerChallenge,
  challenge,
  withTotp,
  type Enrolment,
} from "./account-security.support"

jest.setTimeout(120_000)

portalTest({
  testSuite: (app) => {
    describe("second factor", () => {
      attackCase("mfa/2", async () => {
        const { customer, secret } = await withTotp(app)
        const code = generateTotpCode({ secret })
        const first = await challenge(app, customer)
        const second = await challenge(app, customer)
        expect((await answerChallenge(app, first, code)).status).toBe(200)
        expectError(
          await answerChallenge(app, second, code),
          400,
          "mfa_code_invalid"
        )
        const next = generateTotpCode({
          secret,
          timestamp: Date.now() + 30_000,
        })
        const both = await Promise.all([
          challenge(app, customer),
          challenge(app, customer),
        ])
        const { fulfilled } = await parallel(2, (n) =>
          answerChallenge(app, both[n] ?? first, next)
        )
        expect(statuses(fulfilled)).toEqual({ 200: 1, 400: 1 })
      })

      it("evaluates at most five of forty wrong codes", async () => {
        const { customer, secret } = await withTotp(app)
        const open = await challenge(app, customer)
        const verify = jest.spyOn(
          app.container().resolve(Modules.AUTH),
          "verifyAuthMfaChallenge"
        )
        const { fulfilled } = await parallel(40, (n) =>
          answerChallenge(app, open, String(100_000 + n))
        )
        expect(statuses(fulfilled)).toEqual({ 400: 5, 429: 35 })
        expect(verify).toHaveBeenCalledTimes(5)
        verify.mockRestore()
        // Even the right one comes too late.
        expectError(
          await answerChallenge(app, open, generateTotpCode({ secret })),
          429,
          "rate_limited"
        )
        // Another challenge, the same customer: ten in all.
        const next = await challenge(app, customer)
        const more = await parallel(40, (n) =>
          answerChallenge(app, next, String(200_000 + n))
        )
        expect(statuses(more.fulfilled)[400]).toBeLessThanOrEqual(5)
      })

      attackCase("mfa/3", async () => {
        const clara = await registerCustomer(app)
        const enrol = () =>
          clara.api.post<Enrolment>("/auth/mfa/factors", { provider: "totp" })
        const first = await enrol()
        const second = await enrol()
        expect([first.status, second.status]).toEqual([200, 200])
        expect(second.data.secret).not.toBe(first.data.secret)
        const stale = await clara.api.post(
          `/auth/mfa/factors/${first.data.mfa_factor.id}/verify`,
          { code: generateTotpCode({ secret: first.data.secret }) }
        )
        expect(stale.status).toBe(400)
        const rows = await app.db(
          "select status from auth_mfa_factor order by created_at"
        )
        expect(rows).toEqual([{ status: "disabled" }, { status: "pending" }])
      })

      attackCase("mfa/4", async () => {
        const { customer, secret, factor_id } = await withTotp(app)
        await waitForMail({ to: customer.email, template: "mfa-enabled" })
        for (const call of [
          customer.api.get(ME),
          customer.api.post("/auth/token/refresh"),
          customer.api.post("/auth/session"),
        ]) {
          expectError(await call, 401, "session_revoked")
        }
        const open = await challenge(app, customer)
        const code = generateTotpCode({
          secret,
          timestamp: Date.now() + 30_000,
        })
        const { token } = ok(await answerChallenge(app, open, code))
        const signedIn = app.store.as(token)
        expect((await signedIn.get(ME)).status).toBe(200)
        const off = await signedIn.delete(`/auth/mfa/factors/${factor_id}`, {})
        expect(off.status).toBe(200)
        await waitForMail({ to: customer.email, template: "mfa-disabled" })
        expectError(await signedIn.get(ME), 401, "session_revoked")
        expectError(
          await signedIn.post("/auth/token/refresh"),
          401,
          "session_revoked"
        )
      })

      it("takes a recovery code once, and says so in a mail", async () => {
        const { customer, secret } = await withTotp(app)
        const open = await challenge(app, customer)
        const code = generateTotpCode({
          secret,
          timestamp: Date.now() + 30_000,
        })
        const { token } = ok(await answerChallenge(app, open, code))
        const { recovery_codes } = ok(
          await app.api
            .as(token)
            .post<{ recovery_codes: string[] }>("/auth/mfa/recovery-codes", {})
        )
        await waitForMail({
          to: customer.email,
          template: "recovery-codes-generated",
        })
        const [recovery = ""] = recovery_codes
        const opened = await Promise.all(
          Array.from({ length: 4 }, () => challenge(app, customer))
        )
        const { fulfilled } = await parallel(4, (n) =>
          answerChallenge(app, opened[n] ?? open, recovery, "recovery_code")
        )
        expect(statuses(fulfilled)).toEqual({ 200: 1, 400: 3 })
        const mail = await waitForMail({
          to: customer.email,
          template: "recovery-code-used",
        })
        expect(mail.content?.text).toContain("9")
      })
    })
  },
})
