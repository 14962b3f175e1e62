import type { Browser, Page } from "playwright-core"
import {
  adminClient,
  attackCase,
  makeLink,
  portalTest,
  registerCustomer,
  waitForMail,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { openBrowser } from "../helpers/browser"
import { insertSubscriptionRow } from "../helpers/subscription-rows"

jest.setTimeout(240_000)

portalTest({
  options: {
    returnOrigins: ["https://shop.test"],
    branding: { name: "Bean & Brew <3", primaryColor: "#14532d" },
  },
  testSuite: (app) => {
    let anna: TestCustomer
    let admin: HttpClient
    let browser: Browser | null

    beforeAll(async () => {
      anna = await registerCustomer(app)
      admin = await adminClient(app)
      browser = await openBrowser()
    })
    afterAll(() => browser?.close())

    const statusOf = async (id: string) => {
      const [row] = await app.db<{ status: string }>(
        "select status from portal_session where id = ?",
        [id]
      )
      return row?.status
    }

    /** Opens a link on a phone, and notes what the page asks for. */
    const visit = async (
      url: string,
      work: (page: Page, requests: string[]) => Promise<void>
    ) => {
      if (!browser) {
        return
      }
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        locale: "en-GB",
      })
      try {
        const page = await context.newPage()
        const requests: string[] = []
        page.on("request", (request) => {
          requests.push(
            `${request.url()} ${request.headers().referer ?? ""} ${page.url()}`
          )
        })
        const local = new URL(url)
        await page.goto(
          `${app.baseUrl()}/portal/access${local.search}${local.hash}`
        )
        await work(page, requests)
      } finally {
        await context.close()
      }
    }

    attackCase("referrer/1", async () => {
      const answer = await fetch(`${app.baseUrl()}/portal/access`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer")
      expect(answer.headers.get("cache-control")).toBe("no-store")
      const policy = answer.headers.get("content-security-policy") ?? ""
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toMatch(/script-src 'sha256-[^']+';/)
      const html = await answer.text()
      expect(html).not.toMatch(/(src|href)=["']/)
      // The token is gone from the address before anything is asked for.
      expect(html.indexOf("replaceState")).toBeLessThan(html.indexOf("fetch("))

      const link = await makeLink(admin, anna.id, {
        return_url: "https://shop.test/back",
      })
      await visit(link.url, async (page, requests) => {
        await page.getByRole("button", { name: "Continue" }).waitFor()
        expect(page.url()).toBe(`${app.baseUrl()}/portal/access`)
        for (const request of requests) {
          expect(request).not.toContain("ppl_")
          expect(request.startsWith(app.baseUrl())).toBe(true)
        }
      })
    })

    it("opens nothing before a click, then signs in and out", async () => {
      await insertSubscriptionRow(app.db, { customer_id: anna.id })
      const link = await makeLink(admin, anna.id, {
        return_url: "https://shop.test/back",
      })
      await visit(link.url, async (page) => {
        const go = page.getByRole("button", { name: "Continue" })
        await go.waitFor()
        await page.waitForTimeout(300)
        // Its scripts ran, as a mail scanner's would: the link is still good.
        expect(await statusOf(link.id)).toBe("pending")
        expect(await page.textContent("header")).toBe("Bean & Brew <3")
        await go.click()
        await page.getByText("You are signed in as c•••@shop.test").waitFor()
        expect(await statusOf(link.id)).toBe("active")
        await page.getByText("Your subscriptions").waitFor()
        const back = page.getByRole("link", { name: "Back to the shop" })
        expect(await back.getAttribute("href")).toBe("https://shop.test/back")
        await page.getByRole("button", { name: "Sign out" }).click()
        await page.getByText("You are signed out.").waitFor()
        expect(await statusOf(link.id)).toBe("completed")
      })
      await visit(link.url, async (page) => {
        await page.getByText("This link has been used").waitFor()
      })
    })

    it("mails a fresh link in place of an expired one", async () => {
      const link = await makeLink(admin, anna.id, {
        after_expiration: { recover_seconds: 3600 },
      })
      await app.db(
        "update portal_session set link_expires_at = now() where id = ?",
        [link.id]
      )
      await visit(link.url, async (page) => {
        await page.getByText("This link has expired.").waitFor()
        await page.getByRole("button", { name: "Send me a fresh link" }).click()
        await page.getByText("We have sent a fresh link").waitFor()
        const mail = await waitForMail({ to: anna.email })
        expect(mail.template).toBe("portal-link-renewed")
      })
    })

    it("says so where the link is nonsense", async () => {
      await visit("http://x/y#t=nonsense", async (page) => {
        await page.getByText("This link is not valid.").waitFor()
      })
      await visit("http://x/y", async (page) => {
        await page.getByText("This link is not valid.").waitFor()
      })
    })

    it("tells a portal its key and looks, and nothing secret", async () => {
      const answer = await app.api.get<{ portal: { publishable_key: string } }>(
        "/portal/config"
      )
      expect(answer.data.portal).toEqual({
        tenant_id: "default",
        // Of all sales channels, since the store has one tenant.
        publishable_key: expect.stringMatching(/^pk_/) as string,
        locale: "en",
        branding: expect.objectContaining({ name: "Bean & Brew <3" }) as object,
      })
      const regions = await app.api
        .with({ "x-publishable-api-key": answer.data.portal.publishable_key })
        .get("/store/regions")
      expect(regions.status).toBe(200)
      const other = await app.api.get("/portal/config?tenant_id=other")
      expect(other.status).toBe(404)
    })
  },
})
