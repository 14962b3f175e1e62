import { Client } from "pg"

export type SqlCount<Result> = {
  result: Result
  /** All statements, BEGIN and COMMIT included. */
  count: number
  statements: string[]
  /** Statements of the same text, the most frequent first. For debugging. */
  groups: { text: string; count: number }[]
}

type Query = (this: unknown, ...args: unknown[]) => unknown

/**
 * Counts the SQL statements that this process sends while `work` runs, on every
 * connection. Whatever runs beside `work` is counted too, so settle first.
 */
export async function countSql<Result>(
  work: () => Promise<Result>
): Promise<SqlCount<Result>> {
  const statements: string[] = []
  const prototype = Client.prototype as unknown as { query: Query }
  const original = prototype.query
  prototype.query = function (...args) {
    const text = textOf(args[0])
    if (text !== undefined) {
      statements.push(text)
    }
    return original.apply(this, args)
  }
  try {
    const result = await work()
    return {
      result,
      count: statements.length,
      statements,
      groups: group(statements),
    }
  } finally {
    prototype.query = original
  }
}

function textOf(query: unknown): string | undefined {
  if (typeof query === "string") {
    return query
  }
  const text = (query as { text?: unknown } | null)?.text
  return typeof text === "string" ? text : undefined
}

function group(statements: string[]): { text: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const statement of statements) {
    const text = normalise(statement)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts]
    .map(([text, count]) => ({ text, count }))
    .sort((a, b) => b.count - a.count)
}

/** The same text for the same statement with other values or list lengths. */
export function normalise(sql: string): string {
  return sql
    .replace(/'(?:[^']|'')*'/g, "?")
    .replace(/\$\d+/g, "?")
    .replace(/\b\d+\b/g, "?")
    .replace(/\?(?:\s*,\s*\?)+/g, "?, …")
    .replace(/\(\?, …\)(?:\s*,\s*\(\?, …\))+/g, "(?, …), …")
    .replace(/\s+/g, " ")
    .trim()
}
