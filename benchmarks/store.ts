import { execFile } from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import { promisify } from "node:util"

import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { StoreSeed } from "../demo/seed"
import type { PortalTestApp } from "../integration-tests/helpers/app"
import { bootStore } from "../integration-tests/helpers/boot"
import { startPostgres } from "../integration-tests/helpers/postgres"
import {
  startStripe,
  type StripeDouble,
} from "../integration-tests/helpers/stripe"

const ROOT = path.resolve(__dirname, "..")
const DATABASE = "portal_bench"

/** A seeded store in this process, with Stripe's double beside it. */
export type BenchStore = {
  seed: StoreSeed
  container(): MedusaContainer
  stripe(): StripeDouble
  /** Runs SQL with `?` placeholders and answers the rows. */
  db: PortalTestApp["db"]
}

/** Boots a store on an embedded PostgreSQL for as long as `work` takes. */
export async function withStore<Result>(
  work: (store: BenchStore) => Promise<Result>
): Promise<Result> {
  const postgres = await startPostgres()
  const stripe = await startStripe()
  try {
    await postgres.createDatabase(DATABASE)
    Object.assign(process.env, {
      DATABASE_URL: postgres.url(DATABASE),
      STRIPE_DOUBLE_URL: stripe.url,
    })
    const seed = await migrateAndSeed()
    const booted = await bootStore(ROOT)
    const { container } = booted
    const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const result = await work({
      seed,
      container: () => container,
      stripe: () => stripe,
      async db<Row>(sql: string, bindings: unknown[] = []) {
        const found: { rows: Row[] } = await database.raw(
          sql,
          bindings as string[]
        )
        return found.rows
      },
    })
    await booted.shutdown()
    return result
  } finally {
    await stripe.close()
    await postgres.stop()
  }
}

/** In a process of its own: a second boot in this one would miss the links. */
async function migrateAndSeed(): Promise<StoreSeed> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "medusa-portal-bench-"))
  const file = path.join(folder, "seed.json")
  try {
    await promisify(execFile)(
      process.execPath,
      [
        "-r",
        "ts-node/register",
        path.join(ROOT, "integration-tests/setup/make-template.ts"),
        file,
      ],
      { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }
    )
    return JSON.parse(fs.readFileSync(file, "utf8")) as StoreSeed
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
