import { createServer, type AddressInfo } from "node:net"

import { Client } from "pg"

import { findBinaries } from "./binaries"
import { clearStaleLock, initialise, prepareFolder } from "./data-folder"
import { serverOwner } from "./owner"
import { startServer, type Server } from "./server"

export type PostgresOptions = {
  /** Where the data is. Default: a new temporary folder. */
  dataDir?: string
  /** Keep the data after `stop()` and survive a crash. Default: false. */
  persistent?: boolean
  /** Default: a free one. */
  port?: number
}

export type Postgres = {
  host: string
  port: number
  user: string
  password: string
  dataDir: string
  /** The address of a database, for `DATABASE_URL`. */
  url(database: string): string
  /** Creates a database, as a copy of `template` if one is named. */
  createDatabase(name: string, template?: string): Promise<void>
  /** Drops a database if it exists, whoever is connected to it. */
  dropDatabase(name: string): Promise<void>
  databaseExists(name: string): Promise<boolean>
  stop(): Promise<void>
}

/** For data that may be lost: nothing waits for the disk. */
const FAST = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "4GB",
  checkpoint_timeout: "1h",
  jit: "off",
}

const COMMON = { max_connections: "400", shared_buffers: "256MB" }

/**
 * Starts an embedded PostgreSQL and answers when it accepts connections. It ends
 * with `stop()`, or with this process, however that ends.
 */
export async function startPostgres(
  options: PostgresOptions = {}
): Promise<Postgres> {
  const persistent = options.persistent ?? false
  const owner = serverOwner()
  const binaries = findBinaries(owner)
  const folder = prepareFolder(options.dataDir, owner)
  await clearStaleLock(folder)
  const password = initialise(folder, binaries, owner)

  let server: Server | undefined
  let port = options.port ?? (await freePort())
  for (let attempt = 1; !server; attempt++) {
    try {
      server = await startServer({
        binaries,
        owner,
        folder,
        port,
        settings: persistent ? COMMON : { ...COMMON, ...FAST },
        removeFolder: !persistent && options.dataDir === undefined,
      })
    } catch (error) {
      if (options.port !== undefined || attempt === 5 || !isTaken(error)) {
        throw error
      }
      port = await freePort()
    }
  }
  return handle({ folder, port, password, server })
}

/** A TCP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => {
        resolve(port)
      })
    })
  })
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && error.message.includes("could not bind")
}

function handle(input: {
  folder: string
  port: number
  password: string
  server: Server
}): Postgres {
  const { folder, port, password, server } = input
  const url = (database: string): string =>
    `postgres://postgres:${password}@localhost:${port}/${database}`

  const run = async (sql: string, values?: string[]): Promise<number> => {
    const client = new Client({ connectionString: url("postgres") })
    await client.connect()
    try {
      return (await client.query(sql, values)).rowCount ?? 0
    } finally {
      await client.end()
    }
  }

  return {
    host: "localhost",
    port,
    user: "postgres",
    password,
    dataDir: folder,
    url,
    async createDatabase(name, template) {
      const from = template ? ` TEMPLATE ${quote(template)}` : ""
      await run(`CREATE DATABASE ${quote(name)}${from}`)
    },
    async dropDatabase(name) {
      await run(`DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`)
    },
    async databaseExists(name) {
      const sql = "SELECT 1 FROM pg_database WHERE datname = $1"
      return (await run(sql, [name])) > 0
    },
    stop: () => server.stop(),
  }
}

function quote(identifier: string): string {
  return `"${identifier.replace(/"/g, '""')}"`
}
