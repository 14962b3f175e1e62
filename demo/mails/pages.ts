import { date } from "../print"
import type { DemoMail } from "./kept-mails"

export const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; }
td:first-child, td:last-child { white-space: nowrap; }
iframe { background: #fff; border: 1px solid #8886; border-radius: 8px; height: 46rem; width: 100%; }
pre { border: 1px solid #8886; border-radius: 8px; overflow: auto; padding: 1rem; white-space: pre-wrap; word-break: break-word; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { opacity: .7; } dd { margin: 0; }
a { color: inherit; }
`

/** All mails, the newest first. */
export function listPage(mails: DemoMail[]): string {
  const rows = mails
    .map(
      (mail, index) => `<tr>
<td>${escape(date(mail.sent_at))}</td>
<td>${escape(mail.to)}</td>
<td><a href="/mails/${index}">${escape(mail.subject || "(no subject)")}</a></td>
<td>${escape(mail.template)}</td>
</tr>`
    )
    .reverse()
  const body = rows.length
    ? `<table><thead><tr><th>Sent</th><th>To</th><th>Subject</th><th>Template</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`
    : `<p>No mail was sent yet.</p>`
  return page(
    "Mails of the demo",
    `<h1>Mails</h1><p>What the store would have sent. <a href="/">Look again</a></p>${body}`
  )
}

/** One mail. Its HTML is a document of its own, in a frame that runs nothing. */
export function mailPage(mail: DemoMail, index: number): string {
  return page(
    mail.subject,
    `<p><a href="/">All mails</a></p>
<h1>${escape(mail.subject)}</h1>
<dl><dt>To</dt><dd>${escape(mail.to)}</dd>
<dt>From</dt><dd>${escape(mail.from ?? "the provider's sender")}</dd>
<dt>Sent</dt><dd>${escape(date(mail.sent_at))}</dd>
<dt>Template</dt><dd>${escape(mail.template)}</dd></dl>
<iframe title="The mail" src="/mails/${index}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<h2>As text</h2><pre>${escape(mail.text)}</pre>`
  )
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><link rel="stylesheet" href="/style.css"></head>
<body>${body}</body></html>`
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
}
