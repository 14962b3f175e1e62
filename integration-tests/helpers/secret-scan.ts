import { mails } from "./mailbox/store"
import { textOf } from "./portal"

type Db = <Row>(sql: string, bindings?: unknown[]) => Promise<Row[]>

/** Links, sessions, invitations: whatever opens something by itself. */
const TOKENS = String.raw`ppl_1\.[a-z0-9-]+\.[A-Za-z0-9_-]{20}|p(ss|mi)_[0-9A-Za-z]{43}`
/** Secrets of Stripe's; core keeps those of a checkout in its own tables. */
const CLIENT_SECRETS = String.raw`(seti|pi)_[A-Za-z0-9]+_secret_`
const CODE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/g

const logged: string[] = []

/** Keeps what this process prints while tests run. */
export function recordLogs(): void {
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    const print = console[method].bind(console)
    console[method] = (...args: unknown[]) => {
      logged.push(args.map(String).join(" "))
      print(...args)
    }
  }
}

/**
 * Where a secret stands in clear: in a table of the database, or in a line that
 * was printed. The codes of the test's own mails are looked for, too.
 *
 * @returns names of tables, and lines; empty when all is well
 */
export async function findSecrets(db: Db): Promise<string[]> {
  const codes = mails()
    .flatMap((mail) => textOf(mail).match(CODE) ?? [])
    .flatMap((code) => [code, code.replace("-", "")])
  const everywhere = [TOKENS, ...codes].join("|")
  const found = await search(db, everywhere, `${everywhere}|${CLIENT_SECRETS}`)
  const inLogs = new RegExp(`${everywhere}|${CLIENT_SECRETS}`)
  return [...found, ...logged.splice(0).filter((line) => inLogs.test(line))]
}

/** The tables in which one of these texts stands, as it is. */
export async function tablesWith(db: Db, texts: string[]): Promise<string[]> {
  const escaped = texts.map((text) => text.replace(/[^\w\s-]/g, "\\$&"))
  return await search(db, escaped.join("|"))
}

/** The tables of which a row matches; those of the plugin may have more to match. */
async function search(
  db: Db,
  pattern: string,
  ownPattern = pattern
): Promise<string[]> {
  const tables = await db<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
  )
  // One statement: it runs after each test.
  const found = await db<{ name: string }>(
    tables
      .map(({ name }) => {
        const wanted = name.startsWith("portal_") ? ownPattern : pattern
        return `select '${name}' as name where exists (select 1 from "${name}" t where t::text ~ ${quote(wanted)})`
      })
      .join(" union all ")
  )
  return found.map(({ name }) => name)
}

const quote = (text: string): string => `'${text.replace(/'/g, "''")}'`
