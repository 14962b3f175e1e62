import { Client } from "pg"

/** The migrated database that each file of HTTP tests clones. */
export const TEMPLATE = "portal_template"

/** Creates a database in the run's PostgreSQL as a copy of another. */
export async function createFromTemplate(
  name: string,
  template: string
): Promise<void> {
  const client = new Client({
    host: process.env.DB_HOST,
    port: Number(process.env.DB_PORT),
    user: process.env.DB_USERNAME,
    password: process.env.DB_PASSWORD,
    database: "postgres",
  })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  } finally {
    await client.end()
  }
}
