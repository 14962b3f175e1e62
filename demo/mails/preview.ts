import fs from "node:fs"
import path from "node:path"

import { MAIL_LANGUAGES } from "../../src/emails/locale"
import { renderMail } from "../../src/emails/render"
import { MAIL_SAMPLES } from "../../src/emails/samples"
import { MAIL_TEMPLATE_NAMES } from "../../src/types/mails"
import type { Branding } from "../../src/types/tenant"
import { ROOT } from "../store/root"

const FOLDER = path.join(ROOT, ".email-preview")

const BRANDING: Branding = {
  name: "Sunrise Bakery",
  logo_url: null,
  primary_color: "#0f766e",
  background_color: "#f3f4f6",
  text_color: "#111827",
  footer: "Sunrise Bakery GmbH, 1 Sample Street, 10115 Berlin\nHRB 12345",
  support_email: "help@sunrise.example",
}

/** `npm run email:preview`: every mail in every language, as files. */
async function preview(): Promise<void> {
  fs.rmSync(FOLDER, { recursive: true, force: true })
  fs.mkdirSync(FOLDER, { recursive: true })
  const rows: string[] = []
  for (const name of MAIL_TEMPLATE_NAMES) {
    const links: string[] = []
    for (const locale of MAIL_LANGUAGES) {
      const mail = await renderMail(name, MAIL_SAMPLES[name][0] as never, {
        branding: BRANDING,
        locale,
        timezone: "Europe/Berlin",
      })
      const file = `${name}.${locale}`
      fs.writeFileSync(path.join(FOLDER, `${file}.html`), mail.html)
      fs.writeFileSync(
        path.join(FOLDER, `${file}.txt`),
        `Subject: ${mail.subject}\n\n${mail.text}\n`
      )
      links.push(
        `<a href="${file}.html">${locale}</a> (<a href="${file}.txt">text</a>)`
      )
    }
    rows.push(`<tr><th>${name}</th><td>${links.join("</td><td>")}</td></tr>`)
  }
  const index = path.join(FOLDER, "index.html")
  fs.writeFileSync(
    index,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mails</title>
<style>body{font:15px/1.5 system-ui;margin:2rem}th{text-align:left}td,th{padding:.25rem 1rem .25rem 0}</style>
<h1>Mails</h1><table>${rows.join("\n")}</table></html>\n`
  )
  process.stdout.write(
    `${MAIL_TEMPLATE_NAMES.length} mails in ${MAIL_LANGUAGES.length} languages: ${path.relative(process.cwd(), index)}\n`
  )
}

void preview()
