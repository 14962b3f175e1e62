import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"

import { readMails } from "./kept-mails"
import { listPage, mailPage, STYLE } from "./pages"

/** Pages that run nothing, load nothing from elsewhere and are framed by nobody. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** A mail: inline styles and pictures, links in a new window, no script. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

type Page = { type: "html" | "css"; policy: string; body: string }

/**
 * Serves the mails of a file on this computer.
 *
 * @param port the wished one; another where it is taken
 */
export async function serveMails(
  file: string,
  port: number
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const page = isOurs(request, server) ? answer(file, request) : undefined
    response.writeHead(page ? 200 : 404, {
      "content-type": `text/${page?.type ?? "html"}; charset=utf-8`,
      "content-security-policy": page?.policy ?? PAGE_POLICY,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    })
    response.end(page?.body ?? "Not found.")
  })
  await listen(server, port).catch(() => listen(server, 0))
  return {
    url: `http://localhost:${portOf(server)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}

function answer(file: string, request: IncomingMessage): Page | undefined {
  if (request.method !== "GET") {
    return undefined
  }
  if (request.url === "/style.css") {
    return { type: "css", policy: PAGE_POLICY, body: STYLE }
  }
  const mails = readMails(file)
  if (request.url === "/") {
    return { type: "html", policy: PAGE_POLICY, body: listPage(mails) }
  }
  const match = /^\/mails\/(\d{1,6})(\/html)?$/.exec(request.url ?? "")
  const index = Number(match?.[1])
  const mail = mails[index]
  if (!mail) {
    return undefined
  }
  return match?.[2]
    ? { type: "html", policy: MAIL_POLICY, body: mail.html }
    : { type: "html", policy: PAGE_POLICY, body: mailPage(mail, index) }
}

/** A site in the browser must not read mails by a name that leads here. */
function isOurs({ headers }: IncomingMessage, server: Server): boolean {
  const port = portOf(server)
  return [`localhost:${port}`, `127.0.0.1:${port}`].includes(headers.host ?? "")
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject)
      resolve()
    })
  })
}
