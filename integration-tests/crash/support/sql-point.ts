import { Client } from "pg"
import { eventually, type PortalTestApp } from "../../helpers"

/** A point of the program, marked by the write that comes next. */
export type SqlPoint = {
  table: string
  on: "insert" | "update"
  /** The trigger's WHEN. */
  when?: string
}

/** A process that stands still at a point. */
export type Standstill = {
  /** Resolves when a process has got there. */
  reached(): Promise<void>
  /** Undoes the write that the process was at, as when its connection breaks. */
  abandon(): Promise<void>
}

const NAME = "crash_test"
const LOCK = 20260228

/** Lets whoever comes to the point wait there for ever. */
export async function standStillAt(
  app: PortalTestApp,
  point: SqlPoint
): Promise<Standstill> {
  const holder = new Client({ connectionString: app.databaseUrl() })
  await holder.connect()
  await holder.query("select pg_advisory_lock($1)", [LOCK])
  await createTrigger(app, point, `perform pg_advisory_xact_lock(${LOCK});`)
  const waiting = async (): Promise<number[]> => {
    const { rows } = await holder.query<{ pid: number }>(
      `select pid from pg_locks
       where locktype = 'advisory' and not granted and objid = $1
         and database = (select oid from pg_database
                         where datname = current_database())`,
      [LOCK]
    )
    return rows.map(({ pid }) => pid)
  }
  return {
    reached: async () => {
      await eventually(
        async () => ((await waiting()).length ? true : undefined),
        { timeout: 30_000, what: `a write to ${point.table}` }
      )
    },
    abandon: async () => {
      for (const pid of await waiting()) {
        await holder.query("select pg_terminate_backend($1)", [pid])
      }
      await dropTrigger(app, point)
      await holder.end()
    },
  }
}

/**
 * Lets whoever comes to the point fail there.
 *
 * @returns puts it right
 */
export async function failAt(
  app: PortalTestApp,
  point: SqlPoint
): Promise<() => Promise<void>> {
  await createTrigger(app, point, "raise exception 'crash test';")
  return async () => {
    await dropTrigger(app, point)
  }
}

async function createTrigger(
  app: PortalTestApp,
  { table, on, when }: SqlPoint,
  body: string
): Promise<void> {
  await app.db(
    `create or replace function ${NAME}() returns trigger as $$
     begin ${body} return new; end $$ language plpgsql`
  )
  await app.db(
    `create trigger ${NAME} before ${on} on "${table}" for each row
     ${when ? `when (${when})` : ""} execute function ${NAME}()`
  )
}

async function dropTrigger(
  app: PortalTestApp,
  { table }: SqlPoint
): Promise<void> {
  await app.db(`drop trigger if exists ${NAME} on "${table}"`)
}
