import fs from "node:fs"

import {
  EUROPE,
  JAPAN,
  KUWAIT,
  seedStore,
  UNITED_STATES,
} from "../../demo/seed"
import { bootStore } from "../helpers/boot"
import { migrateSearch, migrateStore } from "../helpers/migrate"

/** Migrates and seeds `DATABASE_URL`; writes the seed's ids to `argv[2]`. */
async function main(): Promise<void> {
  const directory = process.cwd()
  await migrateStore(directory)
  const { container, shutdown } = await bootStore(directory)
  await migrateSearch(container)
  const seed = await seedStore(container, {
    markets: [EUROPE, UNITED_STATES, JAPAN, KUWAIT],
  })
  fs.writeFileSync(process.argv[2] ?? "/dev/stdout", JSON.stringify(seed))
  await shutdown()
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
