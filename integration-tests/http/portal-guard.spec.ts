import { generateJwtToken } from "@medusajs/framework/utils"
import {
  adminClient,
  expectError,
  portalTest,
  registerCustomer,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { insertSubscriptionRow } from "../helpers/subscription-rows"

jest.setTimeout(180_000)

const STORE = "/store/portal/subscriptions"

portalTest({
  testSuite: (app) => {
    let anna: TestCustomer
    let bert: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      bert = await registerCustomer(app)
      admin = await adminClient(app)
    })

    it("answers a missing login in our shape and forbids caching", async () => {
      const refused = await app.store.get(STORE)
      const body = expectError(refused, 401, "unauthorized")
      expect(body).toEqual({
        type: "unauthorized",
        code: "unauthorized",
        message: "Unauthorized",
      })
      expect(refused.headers.get("cache-control")).toBe("no-store")
      const allowed = await anna.api.get(STORE)
      expect(allowed.status).toBe(200)
      expect(allowed.headers.get("cache-control")).toBe("no-store")
    })

    it.each([
      "Bearer nonsense",
      "Bearer pss_1234567890",
      "Bearer",
      "Basic c2tfMTIz",
    ])("refuses %p", async (authorization) => {
      expectError(
        await app.store.with({ authorization }).get(STORE),
        401,
        "unauthorized"
      )
    })

    it("refuses a user of the admin", async () => {
      expectError(
        await admin
          .with({ "x-publishable-api-key": app.seed.publishableKey })
          .get(STORE),
        401,
        "unauthorized"
      )
    })

    it("takes a session cookie", async () => {
      const session = await app.api.as(anna.token).post("/auth/session")
      const cookie = (session.headers.get("set-cookie") ?? "").split(";")[0]
      expect(cookie).toContain("connect.sid")
      expect((await app.store.with({ cookie }).get(STORE)).status).toBe(200)
    })

    it("refuses a customer that is no more", async () => {
      await app.db("update customer set deleted_at = now() where id = ?", [
        anna.id,
      ])
      expectError(await anna.api.get(STORE), 401, "unauthorized")
    })

    it("asks for the second factor where one is on", async () => {
      const [, payload = ""] = anna.token.split(".")
      const {
        iat: _iat,
        exp: _exp,
        ...claims
      } = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<
        string,
        unknown
      >
      const options = { secret: "portal-development-secret", expiresIn: "1h" }
      const login = (changes: object) =>
        app.store
          .as(generateJwtToken({ ...claims, ...changes }, options))
          .get(STORE)

      expect((await login({})).status).toBe(200)
      const body = expectError(
        await login({ mfa_enabled: true }),
        401,
        "unauthorized"
      )
      expect(body.message).toContain("MFA")
      const done = { mfa_challenge_completed_at: new Date().toISOString() }
      expect((await login({ mfa_enabled: true, ...done })).status).toBe(200)
    })

    it("knows nobody by an id in the query or the body", async () => {
      await insertSubscriptionRow(app.db, { customer_id: bert.id })
      expectError(
        await anna.api.get(`${STORE}?customer_id=${bert.id}`),
        400,
        "validation_failed"
      )
    })
  },
})
