import { execFile } from "node:child_process"
import path from "node:path"
import { promisify } from "node:util"

import { TEMPLATE } from "../helpers/template-database"
import startRunPostgres, { runningPostgres } from "./postgres"



const ROOT = path.resolve(__dirname, "../..")

/**
 * Makes the migrated database that every file of HTTP tests clones. Medusa does
 * it in a process of its own, so that Jest's stays small and free of its hooks.
 */
export default async function setup(): Promise<void> {
  await startRunPostgres()
  const postgres = runningPostgres()
  if (await postgres.databaseExists(TEMPLATE)) {
    return
  }
  await postgres.createDatabase(TEMPLATE)
  await promisify(execFile)(
    process.execPath,
    ["-r", "ts-node/register", path.join(__dirname, "migrate.ts")],
    {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: postgres.url(TEMPLATE) },
      maxBuffer: 64 * 1024 * 1024,
    }
  )
}
