import fs from "node:fs"
import { request } from "node:http"
import os from "node:os"
import path from "node:path"

import {
  keepMail,
  readMails,
  type DemoMail,
} from "../../../demo/mails/kept-mails"
import { serveMails } from "../../../demo/mails/server"

const mail: DemoMail = {
  to: "<b>clara</b>@demo.test",
  from: null,
  template: "portal-login",
  subject: "Sign in <script>alert(1)</script>",
  html: "<p>Hello</p><script>alert(1)</script>",
  text: "Hello & welcome",
  sent_at: "2026-11-25T10:30:00.000Z",
}

let folder: string
let file: string
let server: Awaited<ReturnType<typeof serveMails>>

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "demo-mails-"))
  file = path.join(folder, "mails.jsonl")
  server = await serveMails(file, 0)
})
afterAll(async () => {
  await server.close()
  fs.rmSync(folder, { recursive: true })
})

const get = async (url: string) => {
  const answer = await fetch(`${server.url}${url}`)
  return {
    status: answer.status,
    policy: answer.headers.get("content-security-policy") ?? "",
    body: await answer.text(),
  }
}

it("shows no mail, then the mails of the file", async () => {
  expect((await get("/")).body).toContain("No mail was sent yet")
  keepMail(file, mail)
  keepMail(file, { ...mail, subject: "Second" })
  // A crash in the middle of a line costs that mail only.
  fs.appendFileSync(file, '{"to": "half')

  expect(readMails(file)).toHaveLength(2)
  const { body } = await get("/")
  expect(body.indexOf("Second")).toBeLessThan(body.indexOf("Sign in"))
  expect(body).not.toMatch(/<script>|<b>clara/)
  expect(fs.statSync(file).mode & 0o077).toBe(0)
})

it("puts a mail's HTML into a frame that runs nothing", async () => {
  const page = await get("/mails/0")
  expect(page.body).toContain('sandbox="allow-popups')
  expect(page.body).toContain("Hello &amp; welcome")
  expect(page.body).not.toMatch(/<script>|allow-scripts|allow-same-origin/)
  expect(page.policy).toContain("default-src 'none'")

  const frame = await get("/mails/0/html")
  expect(frame.body).toBe(mail.html)
  expect(frame.policy).toMatch(/default-src 'none'.*sandbox allow-popups/)
  expect(frame.policy).not.toMatch(/script-src|allow-scripts|allow-same-origin/)
})

it.each(["/mails/9", "/mails/-1", "/mails/0/text", "/../mails.jsonl", "/x"])(
  "knows no %s",
  async (url) => {
    expect((await get(url)).status).toBe(404)
  }
)

it("answers only to its own name", async () => {
  const { port } = new URL(server.url)
  const status = await new Promise((resolve, reject) => {
    request(
      { port, host: "127.0.0.1", headers: { host: `evil.example:${port}` } },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }
    )
      .on("error", reject)
      .end()
  })
  expect(status).toBe(404)
})
