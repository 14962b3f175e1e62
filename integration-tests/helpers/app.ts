import { randomBytes } from "node:crypto"
import path from "node:path"

import type { MedusaContainer } from "@medusajs/framework/types"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"

import { httpClient, type HttpClient } from "./http"
import { createFromTemplate, TEMPLATE } from "./template-database"

const ROOT = path.resolve(__dirname, "../..")

export type PortalTestInput = {
  /** The plugin's options, on top of those of `medusa-config.ts`. */
  options?: Record<string, unknown>
  env?: Record<string, string>
  testSuite: (app: PortalTestApp) => void
}

export type PortalTestApp = {
  /** HTTP without any header. */
  api: HttpClient
  baseUrl(): string
  databaseUrl(): string
  container(): MedusaContainer
  /** Runs SQL with `?` placeholders and answers the rows. */
  db<Row = Record<string, unknown>>(
    sql: string,
    bindings?: unknown[]
  ): Promise<Row[]>
}

/**
 * Boots the store of `medusa-config.ts` on a clone of the migrated database.
 * Before each test the database is put back to what it was after `beforeAll`.
 */
export function portalTest(input: PortalTestInput): void {
  const dbName = `portal_${randomBytes(6).toString("hex")}`
  const env = {
    ...input.env,
    ...(input.options && { PORTAL_OPTIONS: JSON.stringify(input.options) }),
  }

  beforeAll(async () => {
    // The runner takes a database that exists and finds nothing to migrate.
    await createFromTemplate(dbName, TEMPLATE)
  })

  medusaIntegrationTestRunner({
    dbName,
    cwd: ROOT,
    medusaConfigFile: ROOT,
    env,
    testSuite: (runner) => {
      const baseUrl = (): string => {
        const url = (runner.api as { defaults: { baseURL?: string } }).defaults
          .baseURL
        if (!url) {
          throw new Error("The store has not been started")
        }
        return url
      }
      input.testSuite({
        api: httpClient(baseUrl),
        baseUrl,
        databaseUrl: () => runner.dbConfig.clientUrl,
        container: () => runner.getContainer() as MedusaContainer,
        async db<Row>(sql: string, bindings: unknown[] = []): Promise<Row[]> {
          const connection = runner.dbConnection as Knex
          return (await connection.raw(sql, bindings)).rows as Row[]
        },
      })
    },
  })
}

type Knex = {
  raw(sql: string, bindings: unknown[]): Promise<{ rows: unknown[] }>
}
