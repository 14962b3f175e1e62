import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import type { Server } from "node:http"
import path from "node:path"

import loadStore from "@medusajs/medusa/loaders/index"

/**
 * A store with HTTP in a process of its own, on the database of `DATABASE_URL`.
 * Tells its port to whoever started it, see `startServer()`.
 */
const ROOT = path.resolve(__dirname, "../../..")

type App = Parameters<typeof loadStore>[0]["expressApp"]

// Express is Medusa's dependency, not this package's.
const express = createRequire(require.resolve("@medusajs/medusa/package.json"))(
  "express"
) as () => App

async function main(): Promise<void> {
  const expressApp = express()
  await loadStore({ directory: ROOT, expressApp })
  const server: Server = expressApp.listen(0, "127.0.0.1", () => {
    process.send?.({ port: (server.address() as AddressInfo).port })
  })
  process.on("disconnect", () => process.exit(0))
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
