import { stopPostgres } from "./postgres"

export default async function teardown(): Promise<void> {
  await stopPostgres()
}
