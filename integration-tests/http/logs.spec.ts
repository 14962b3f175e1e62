import { startResendServer } from "../../src/providers/notification-resend/__tests__/resend-server"
import { portalTest, type PortalTestApp } from "../helpers"
import { httpClient } from "../helpers/http"
import { tablesWith } from "../helpers/secret-scan"
import { startServer, type StoreServer } from "../helpers/server"
import {
  listening,
  mailReader,
  recoverAccount,
  recoverLink,
  secureAccount,
  SecretList,
  shareAndPay,
  signInByMail,
  useLinks,
} from "./logs.support"

jest.setTimeout(300_000)

const SECRETS = {
  JWT_SECRET: "a-secret-of-the-tokens",
  COOKIE_SECRET: "a-secret-of-the-cookies",
  AUTH_MFA_ENCRYPTION_KEY: "a-secret-of-the-second-factors",
  RESEND_API_KEY: "re_a_key_of_the_mails",
}

/**
 * What a merchant's server prints, with every level switched on. Each way in is
 * used, rightly and wrongly, and no secret that went over the wire may stand in
 * the log or in a table.
 */
portalTest({
  stripe: true,
  testSuite: (app) => {
    let resend: Awaited<ReturnType<typeof startResendServer>>
    let server: StoreServer | undefined

    beforeAll(async () => {
      resend = await startResendServer()
    })
    afterEach(async () => {
      await server?.stop()
      server = undefined
    })
    afterAll(() => resend.close())

    it.each(["production", "development"])(
      "logs no secret in %s, whatever the level",
      async (NODE_ENV) => {
        resend.requests.length = 0
        server = await startServer({
          ...app.processEnv(),
          ...SECRETS,
          NODE_ENV,
          LOG_LEVEL: "silly",
          MEDUSA_WORKER_MODE: "shared",
          RESEND_FROM: "Shop <hello@shop.example>",
          RESEND_BASE_URL: resend.url,
        })
        const secrets = new SecretList()
        secrets.add(...Object.values(SECRETS))
        const run = {
          app: appOf(app, server.url, secrets),
          secrets,
          mail: mailReader(resend.requests, secrets),
        }
        await useLinks(run)
        await signInByMail(run)
        await secureAccount(run)
        await recoverLink(run, (id) =>
          app.db(
            "update portal_session set link_expires_at = now() where id = ?",
            [id]
          )
        )
        await recoverAccount(run)
        await shareAndPay(run)

        const marker = "what-stands-in-an-address-is-logged"
        await run.app.store.get(`/store/regions?${marker}`)
        const log = server.output()
        // The log is the real one: with each request, and found by this search.
        expect(log).toMatch(/POST.*\/store\/portal\/sessions\/exchange/)
        expect(log).toMatch(/\/store\/portal\/session\/step-up/)
        const known = new SecretList()
        known.add(marker)
        expect(known.foundIn(log)).toEqual([marker])

        expect(secrets.all().length).toBeGreaterThan(50)
        expect(secrets.foundIn(log)).toEqual([])
        expect(await tablesWith(app.db, secrets.all())).toEqual([])
      }
    )
  },
})

/** The same app, with the calls going to another process. */
function appOf(
  app: PortalTestApp,
  url: string,
  secrets: SecretList
): PortalTestApp {
  const api = listening(
    httpClient(() => url),
    secrets
  )
  const key = { "x-publishable-api-key": app.seed.publishableKey }
  return { ...app, api, store: api.with(key) }
}
