import crypto from "node:crypto"
import fs from "node:fs"
import path from "node:path"

import { startPostgres } from "../../integration-tests/helpers/postgres"
import type { Cleanup } from "../cleanup"
import { ROOT } from "./root"

const HOME = path.join(ROOT, ".demo")

export type DemoDatabase = {
  url: string
  isEmbedded: boolean
  /** Where files that belong to this database are kept. */
  home: string
}

/**
 * The database of `DATABASE_URL`, or one in an embedded PostgreSQL. Stripe and its
 * double have each their own: cards that one saved are unknown to the other.
 */
export async function openDatabase(
  input: { reset: boolean; realStripe: boolean },
  cleanup: Cleanup
): Promise<DemoDatabase> {
  const external = process.env.DATABASE_URL
  if (external) {
    const stamp = crypto.createHash("sha256").update(external).digest("hex")
    const home = path.join(HOME, `external-${stamp.slice(0, 8)}`)
    return { url: external, isEmbedded: false, home: make(home) }
  }

  const name = input.realStripe ? "demo_stripe" : "demo"
  const home = path.join(HOME, name)
  const postgres = await startPostgres({
    dataDir: path.join(HOME, "postgres"),
    persistent: true,
  })
  cleanup.add(() => postgres.stop())
  if (input.reset) {
    await postgres.dropDatabase(name)
    fs.rmSync(home, { recursive: true, force: true })
  }
  if (!(await postgres.databaseExists(name))) {
    await postgres.createDatabase(name)
  }
  return { url: postgres.url(name), isEmbedded: true, home: make(home) }
}

function make(folder: string): string {
  fs.mkdirSync(folder, { recursive: true })
  return folder
}
