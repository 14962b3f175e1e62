import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"

import type { Cleanup } from "../cleanup"
import { ROOT } from "./root"

/**
 * Migrates in a process of its own: what Medusa has registered while it migrates
 * would be missing from the store that this process loads afterwards.
 */
export async function migrateDatabase(cleanup: Cleanup): Promise<void> {
  const child = spawn(
    process.execPath,
    ["-r", "ts-node/register", path.join(__dirname, "migrate.ts")],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] }
  )
  let output = ""
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000)
  }
  child.stdout.on("data", keep)
  child.stderr.on("data", keep)
  const end = once(child, "close")
  cleanup.add(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL")
      await end
    }
  })
  const [code] = (await end) as [number | null]
  if (code !== 0) {
    throw new Error(
      `${output}\nThe database could not be migrated. If it is the demo's own, ` +
        "npm run demo -- --reset makes a new one."
    )
  }
}
