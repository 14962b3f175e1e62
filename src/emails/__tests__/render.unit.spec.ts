import type { MailTemplateName } from "../../types/mails"
import type { Branding } from "../../types/tenant"
import { MAIL_TEMPLATES } from "../catalogue"
import { mailContext } from "../context"
import { findMessage, MAIL_LANGUAGES, type MessageKey } from "../locale"
import { renderMail, renderWith } from "../render"
import { MAIL_SAMPLES } from "../samples"

const branding: Branding = {
  name: "Sunrise <Bakery> & Co",
  logo_url: null,
  primary_color: "#0f766e",
  background_color: "#f3f4f6",
  text_color: "#111827",
  footer: "Sunrise Bakery\n1 Sample Street",
  support_email: "help@sunrise.example",
}
const NAMES = Object.keys(MAIL_TEMPLATES) as MailTemplateName[]
const CASES = NAMES.flatMap((name) =>
  MAIL_LANGUAGES.flatMap((language) =>
    MAIL_SAMPLES[name].map((_, index) => ({ name, language, index }))
  )
)

describe.each(CASES)("$name in $language, sample $index", (testCase) => {
  const { name, language, index } = testCase
  const props = MAIL_SAMPLES[name][index] as never

  it("is whole, and says the same as text and as HTML", async () => {
    const mail = await renderMail(name, props, { branding, locale: language })

    const everything = [mail.subject, mail.html, mail.text].join("\n")
    expect(everything).not.toMatch(/undefined|\[object|NaN|Invalid Date/)
    // No placeholder and no key was left standing.
    expect(mail.subject + mail.text).not.toMatch(/\{\w+\}/)
    expect(everything).not.toMatch(/\b(common|role)\.[a-z]/)
    expect(everything).not.toContain(`${name}.`)
    expect(mail.subject).not.toMatch(/[\r\n]/)
    expect(mail.html).toContain(`lang="${language}"`)
    expect(mail.html).toContain('dir="ltr"')
    expect(mail.html).not.toContain("<Bakery>")
    expect(mail.html).toContain("Sunrise &lt;Bakery&gt; &amp; Co")
    expect(mail.text).toContain("help@sunrise.example")
    expect(mail.text).toContain("1 Sample Street")
    for (const table of mail.html.match(/<table[^>]*>/g) ?? []) {
      expect(table).toContain('role="presentation"')
    }
    const { url, code } = props as { url?: string; code?: string }
    if (url) {
      expect(mail.text).toContain(url)
      expect(mail.html).toContain(`href="${url}"`)
    }
    if (code) {
      const shown = code.replace(/^(.{4})(.{4})$/, "$1-$2")
      expect(mail.text).toContain(shown)
      expect(mail.html).toContain(shown)
    }
  })
})

describe("the texts", () => {
  it("have the same keys and placeholders in every language", () => {
    const english = keysOf("en")
    for (const language of MAIL_LANGUAGES) {
      expect(keysOf(language)).toEqual(english)
      for (const key of english) {
        const text = findMessage(language, key)
        expect(text.trim()).not.toBe("")
        expect([key, placeholders(text)]).toEqual([
          key,
          placeholders(findMessage("en", key)),
        ])
      }
    }
  })

  it("are all used", async () => {
    const used = new Set<MessageKey>()
    const withSupport = mailContext({ branding }, used)
    const bare = mailContext(
      { branding: { ...branding, name: "", support_email: null } },
      used
    )
    for (const name of NAMES) {
      for (const props of MAIL_SAMPLES[name]) {
        await renderWith(withSupport, name, props as never)
        await renderWith(bare, name, props as never)
      }
    }
    expect([...used].sort()).toEqual(keysOf("en"))
  })
})

describe("a mail", () => {
  const render = (
    overrides: Partial<Parameters<typeof renderMail>[2]> = {},
    props = MAIL_SAMPLES["password-reset"][0]
  ) =>
    renderMail("password-reset", props!, {
      branding,
      locale: "en",
      ...overrides,
    })

  it("escapes what customers typed, and makes no link of it", async () => {
    const mail = await renderMail(
      "member-invited",
      {
        account_name: 'Win <img src=x onerror="x"> at https://evil.example',
        inviter: "Eve\r\nBcc: all@shop.example \u202egnp",
        role: "owner",
        url: "https://shop.example/account",
      },
      { branding, locale: "en" }
    )
    expect(mail.html).not.toContain("<img src=x")
    expect(mail.html).toContain("&lt;img src=x")
    expect(mail.html + mail.text).not.toMatch(/evil\.example|:\/\/evil/)
    expect(mail.subject).not.toMatch(/[\r\n]/)
    expect(mail.text).not.toMatch(/^Bcc:/m)
    expect(mail.html + mail.text).not.toContain("\u202e")
  })

  it.each(["javascript:alert(1)", "data:text/html,x", "no address"])(
    "refuses to link to %s",
    async (url) => {
      const rendering = render({}, { url, expires: "2026-11-25T10:30:00Z" })
      await expect(rendering).rejects.toThrow(TypeError)
    }
  )

  it("writes dates in the language and the time zone", async () => {
    const german = await render({
      locale: "de-AT",
      timezone: "Europe/Vienna",
    })
    expect(german.text).toContain("25. November 2026 um 11:30 MEZ")
    expect(german.html).toContain('lang="de-AT"')
    const english = await render({ locale: "en", timezone: "UTC" })
    expect(english.text).toContain("November 25, 2026 at 10:30 AM UTC")
  })

  it.each([
    [10, "10 minutes"],
    [90, "90 minutes"],
    [1440, "24 hours"],
  ])("tells how long %i minutes are", async (expires_in_minutes, text) => {
    const { url } = MAIL_SAMPLES["portal-link"][0]!
    const props = { url, expires_in_minutes }
    const mail = await renderMail("portal-link", props, { branding })
    expect(mail.text).toContain(`for ${text}.`)
  })

  it("takes the tenant's language where it has none of its own", async () => {
    const inFrench = await render({ locale: "pt-BR", fallbackLocale: "fr" })
    expect(inFrench.subject).toContain("nouveau mot de passe")
    const inEnglish = await render({ locale: "pt", fallbackLocale: "xx" })
    expect(inEnglish.subject).toContain("new password")
  })

  it("shows a logo with the shop's name, and no empty parts", async () => {
    const withLogo = await render({
      branding: {
        ...branding,
        logo_url: "https://shop.example/logo.png",
        footer: null,
        support_email: null,
      },
    })
    expect(withLogo.html).toMatch(
      /<img[^>]*alt="Sunrise &lt;Bakery&gt; &amp; Co"[^>]*src="https:\/\/shop\.example\/logo\.png"/
    )
    expect(withLogo.html).not.toContain("mailto:")
    expect(withLogo.text).toContain("Please contact Sunrise <Bakery> & Co")
  })

  it("leaves out a code that nobody would type where there is a button", async () => {
    const code = "9bq0m3V1xS7kQf2nT5uY8wZ4aC6dE0gH1jK3lM5oP7r"
    const url = `https://shop.example/verify#code=${code}`
    const both = await renderMail(
      "email-verification",
      { url, code },
      { branding }
    )
    expect(both.text.split(code)).toHaveLength(2)
    expect(both.text).toContain(url)
    const alone = await renderMail("email-verification", { code }, { branding })
    expect(alone.text).toContain(code)
  })

  it("writes dark text on a bright button", async () => {
    const bright = await render({
      branding: { ...branding, primary_color: "#ffeb3b" },
    })
    const button = /<a[^>]*class="button"[^>]*>/.exec(bright.html)?.[0]
    expect(button).toContain("background-color:#ffeb3b")
    expect(button).toMatch(/[^-]color:#111827/)
  })
})

function keysOf(
  language: (typeof MAIL_LANGUAGES)[number]
): string[] & MessageKey[] {
  const groups = jest.requireActual<Record<string, Record<string, string>>>(
    `../locales/${language}.json`
  )
  return Object.entries(groups)
    .flatMap(([group, texts]) =>
      Object.keys(texts).map((name) => `${group}.${name}` as MessageKey)
    )
    .sort()
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)).sort()
}
