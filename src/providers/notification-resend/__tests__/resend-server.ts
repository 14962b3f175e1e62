import { createServer, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"

/** A request as it came in. */
export type SeenRequest = {
  method: string | undefined
  path: string | undefined
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
}

/** What the server does with a request; `reset` closes the connection. */
export type PlannedAnswer =
  "reset" | { status: number; body: unknown; headers?: Record<string, string> }

/** Resend's API on this computer, as far as sending goes. */
export async function startResendServer() {
  const requests: SeenRequest[] = []
  const plan: PlannedAnswer[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      requests.push({
        method: request.method,
        path: request.url,
        headers: request.headers,
        body: JSON.parse(
          Buffer.concat(chunks).toString()
        ) as SeenRequest["body"],
      })
      const answer = plan.shift() ?? {
        status: 200,
        body: { id: `mail_${requests.length}` },
      }
      if (answer === "reset") {
        request.socket.destroy()
        return
      }
      response.writeHead(answer.status, {
        "content-type": "application/json",
        ...answer.headers,
      })
      response.end(
        typeof answer.body === "string"
          ? answer.body
          : JSON.stringify(answer.body)
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    plan,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
