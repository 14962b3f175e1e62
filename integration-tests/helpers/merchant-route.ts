import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http"
import type { AddressInfo } from "node:net"

import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { PortalTestApp } from "./app"
import { httpClient, type HttpClient } from "./http"

type Middleware = (
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
) => unknown

/**
 * A route of a merchant's own with a middleware before it, on a server of its own
 * with the store's container. It answers what the middleware has put on the
 * request. Requests and answers are Node's, with what Medusa adds to them.
 */
export async function merchantRoute(
  app: PortalTestApp,
  middleware: Middleware,
  answer: (req: MedusaRequest) => unknown
): Promise<{ api: HttpClient; close: () => Promise<void> }> {
  const server = createServer((incoming: IncomingMessage, out) => {
    const req = Object.assign(incoming, {
      originalUrl: incoming.url,
      scope: app.container(),
      params: {},
      query: {},
      publishable_key_context: {
        key: app.seed.publishableKey,
        sales_channel_ids: [app.seed.salesChannelId],
      },
    }) as unknown as MedusaRequest
    const res = withExpress(out)
    const next = (error?: unknown) => {
      if (error) {
        res.status(500)
        res.json({ message: error instanceof Error ? error.message : "failed" })
        return
      }
      res.json(answer(req))
    }
    void middleware(req, res, next as MedusaNextFunction)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    api: httpClient(() => `http://127.0.0.1:${port}`),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}

function withExpress(out: ServerResponse): MedusaResponse {
  const res = Object.assign(out, {
    status(code: number) {
      out.statusCode = code
      return res
    },
    json(body: unknown) {
      out.setHeader("Content-Type", "application/json")
      out.end(JSON.stringify(body))
      return res
    },
  }) as unknown as MedusaResponse
  return res
}
