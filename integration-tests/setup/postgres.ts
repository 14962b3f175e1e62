import { startPostgres, type Postgres } from "../helpers/postgres"

const holder = globalThis as { portalPostgres?: Postgres }

/**
 * Starts the run's one PostgreSQL. The address goes to the workers through the
 * environment, under the names that Medusa's test runners read.
 */
export default async function setup(): Promise<void> {
  if (holder.portalPostgres) {
    return
  }
  const postgres = await startPostgres()
  holder.portalPostgres = postgres
  Object.assign(process.env, {
    DB_HOST: postgres.host,
    DB_PORT: String(postgres.port),
    DB_USERNAME: postgres.user,
    DB_PASSWORD: postgres.password,
  })
}

export function runningPostgres(): Postgres {
  if (!holder.portalPostgres) {
    throw new Error("PostgreSQL has not been started")
  }
  return holder.portalPostgres
}

export async function stopPostgres(): Promise<void> {
  await holder.portalPostgres?.stop()
  delete holder.portalPostgres
}
