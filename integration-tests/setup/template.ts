import { execFile } from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import { promisify } from "node:util"

import { TEMPLATE } from "../helpers/template-database"
import startRunPostgres, { runningPostgres } from "./postgres"

const ROOT = path.resolve(__dirname, "../..")

/**
 * Makes the migrated and seeded database that every file of HTTP tests clones.
 * Medusa does it in a process of its own, so that Jest's stays small. The ids of
 * what was seeded go to the workers through the environment.
 */
export default async function setup(): Promise<void> {
  await startRunPostgres()
  const postgres = runningPostgres()
  if (await postgres.databaseExists(TEMPLATE)) {
    return
  }
  await postgres.createDatabase(TEMPLATE)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "medusa-portal-seed-"))
  const file = path.join(folder, "seed.json")
  try {
    await makeTemplate(postgres.url(TEMPLATE), file)
    process.env.PORTAL_SEED = fs.readFileSync(file, "utf8")
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function makeTemplate(url: string, seedFile: string): Promise<void> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [
      "-r",
      "ts-node/register",
      path.join(__dirname, "make-template.ts"),
      seedFile,
    ],
    {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: url, ...stripeProvider() },
      maxBuffer: 64 * 1024 * 1024,
    }
  )
  if (process.env.DEBUG_LOGS) {
    process.stdout.write(stdout)
    process.stderr.write(stderr)
  }
}

/**
 * Registers the Stripe provider, so that the seed can offer it in the regions.
 * Nothing is sent to the address; each file starts its own double.
 */
function stripeProvider(): Record<string, string> {
  const folder = path.join(ROOT, "integration-tests/helpers")
  const exists = fs.existsSync(
    path.join(folder, "payment-stripe-loopback/index.ts")
  )
  return exists ? { STRIPE_DOUBLE_URL: "http://localhost:9" } : {}
}
