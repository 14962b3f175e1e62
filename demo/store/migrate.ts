import { migrateStore } from "../../integration-tests/helpers/migrate"

/** Migrates the database of `DATABASE_URL`; started by `migrateDatabase`. */
migrateStore(process.cwd()).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
