import { migrateStore } from "../helpers/migrate"

migrateStore(process.cwd()).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
