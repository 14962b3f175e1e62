import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { visitBank } from "./http/bank-page"
import { parseForm, type FormFields } from "./http/form"
import type { Outcome, Pipeline } from "./http/pipeline"
import type { RequestRecord } from "./http/request-log"
import { API_VERSION, type World } from "./model/world"

/** What the HTTP server needs from the double. */
export interface ServerParts {
  pipeline: Pipeline
  newRequestId(): string
  customerWorld(): World
  /** Whose key a request carries. */
  accountOf(authorization: string | undefined): string
}

/** A server for the double; it does not listen yet. */
export function createHttpServer(parts: ServerParts): Server {
  return createServer((incoming, response) => {
    serve(parts, incoming, response).catch((error: unknown) => {
      response.writeHead(500, { "content-type": "text/plain" })
      response.end(`Bug in the Stripe double: ${String(error)}`)
    })
  })
}

/** Listens on loopback and tells the port. */
export async function listen(
  server: Server,
  host: string,
  port: number
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, () => {
      server.off("error", reject)
      resolve()
    })
  })
  return (server.address() as AddressInfo).port
}

/** Stops listening and cuts every connection, answered or not. */
export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
  })
  server.closeAllConnections()
  await closed
}

async function serve(
  parts: ServerParts,
  incoming: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const url = new URL(incoming.url ?? "/", "http://double")
  const method = incoming.method ?? "GET"
  const body = await text(incoming)
  const params = parseForm(method === "POST" ? body : url.search.slice(1))
  const form = method === "POST" ? params : {}
  if (serveBank(parts, url.pathname, form, response)) {
    return
  }
  const request: RequestRecord = {
    id: parts.newRequestId(),
    method,
    path: url.pathname,
    params,
    account: parts.accountOf(header(incoming, "authorization")),
    idempotencyKey: header(incoming, "idempotency-key"),
    apiVersion: header(incoming, "stripe-version") ?? API_VERSION,
    at: Date.now(),
    replayed: false,
    status: null,
  }
  const outcome = await parts.pipeline.run(
    request,
    header(incoming, "authorization")
  )
  send(request, response, outcome)
}

function send(
  request: RequestRecord,
  response: ServerResponse,
  outcome: Outcome
): void {
  if (outcome === "timeout") {
    return
  }
  if (outcome === "reset") {
    response.destroy()
    return
  }
  request.status = outcome.status
  response.writeHead(outcome.status, {
    "content-type": "application/json",
    "request-id": request.id,
    "stripe-version": request.apiVersion,
    ...(request.idempotencyKey && {
      "idempotency-key": request.idempotencyKey,
    }),
    ...(request.replayed && { "idempotent-replayed": "true" }),
  })
  response.end(outcome.body)
}

function serveBank(
  parts: ServerParts,
  path: string,
  form: FormFields,
  response: ServerResponse
): boolean {
  const { answer } = form
  const choice =
    answer === "success" || answer === "failure" ? answer : undefined
  const page = visitBank(parts.customerWorld(), path, choice)
  if (!page) {
    return false
  }
  if ("location" in page) {
    response.writeHead(303, { location: page.location }).end()
  } else {
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8" })
      .end(page.html)
  }
  return true
}

function header(incoming: IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name]
  return typeof value === "string" ? value : undefined
}
