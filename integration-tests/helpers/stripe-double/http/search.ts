import { invalidParams } from "./errors"

/** Values of one object that a query can ask for. */
export interface Searchable {
  fields: Record<string, string | number | null>
  metadata: Record<string, string>
}

type Test = (item: Searchable) => boolean

const CLAUSE =
  /^\s*(-)?(?:metadata\[(["'])(.+?)\2\]|([a-z_]+))\s*(:|~|>=|<=|>|<)\s*(?:"([^"]*)"|'([^']*)'|(null)|(-?\d+))\s*/

const CONNECTOR = /^(AND|OR)\b/i

/**
 * Reads Stripe's search query language: clauses such as `status:"succeeded"`,
 * `-metadata["cycle_id"]:"c1"` or `amount>100`, joined by AND or by OR.
 */
export function parseSearch(query: string): Test {
  const tests: Test[] = []
  const connectors = new Set<string>()
  let rest = query
  for (;;) {
    const clause = CLAUSE.exec(rest)
    if (!clause) {
      throw unreadable(query)
    }
    tests.push(testOf(clause))
    rest = rest.slice(clause[0].length)
    if (rest === "") {
      break
    }
    const connector = CONNECTOR.exec(rest)?.[0]
    connectors.add(connector?.toUpperCase() ?? "AND")
    rest = rest.slice(connector?.length ?? 0)
  }
  if (connectors.size > 1) {
    throw unreadable(query)
  }
  return connectors.has("OR")
    ? (item) => tests.some((test) => test(item))
    : (item) => tests.every((test) => test(item))
}

function testOf(clause: RegExpExecArray): Test {
  const [, minus, , key, field = "", operator = ":", a, b, none, number] =
    clause
  const wanted = none ? null : (a ?? b ?? number ?? "")
  const matches: Test = (item) => {
    const actual =
      key === undefined
        ? (item.fields[field] ?? null)
        : (item.metadata[key] ?? null)
    return compare(operator, actual, wanted)
  }
  return minus ? (item) => !matches(item) : matches
}

function compare(
  operator: string,
  actual: string | number | null,
  wanted: string | null
): boolean {
  if (actual === null || wanted === null) {
    return operator === ":" && actual === wanted
  }
  switch (operator) {
    case ":":
      return String(actual) === wanted
    case "~":
      return String(actual).includes(wanted)
    case ">":
      return Number(actual) > Number(wanted)
    case "<":
      return Number(actual) < Number(wanted)
    case ">=":
      return Number(actual) >= Number(wanted)
    default:
      return Number(actual) <= Number(wanted)
  }
}

function unreadable(query: string) {
  return invalidParams(`We were unable to parse your search query: ${query}`, {
    param: "query",
  })
}
