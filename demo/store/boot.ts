import { createRequire } from "node:module"
import type { Server } from "node:http"

import type { MedusaContainer } from "@medusajs/framework/types"
import { GracefulShutdownServer } from "@medusajs/framework/utils"
import loadStore from "@medusajs/medusa/loaders/index"

import type { Cleanup } from "../cleanup"
import { ROOT } from "./root"

type App = Parameters<typeof loadStore>[0]["expressApp"]

// Express is Medusa's dependency, not this package's.
const express = createRequire(require.resolve("@medusajs/medusa/package.json"))(
  "express"
) as () => App

export type DemoStore = {
  container: MedusaContainer
  /** Answers when the store does. */
  listen(port: number): Promise<void>
}

/** Loads the store of `medusa-config.ts` as `medusa develop` does. */
export async function loadDemoStore(cleanup: Cleanup): Promise<DemoStore> {
  const app = express()
  const { container, shutdown } = await loadStore({
    directory: ROOT,
    expressApp: app,
  })
  cleanup.add(shutdown)
  app.get("/health", (_request, response) => {
    response.status(200).send("OK")
  })
  return {
    container,
    async listen(port) {
      const server = await new Promise<Server>((resolve, reject) => {
        const listening = app.listen(port, () => {
          resolve(listening)
        })
        listening.once("error", reject)
      })
      const graceful = GracefulShutdownServer.create(server)
      cleanup.add(async () => {
        server.closeAllConnections()
        await graceful.shutdown()
      })
    },
  }
}
