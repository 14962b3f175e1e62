import { randomBytes } from "node:crypto"
import fs from "node:fs"

import {
  createStripeDouble,
  type StripeDouble,
} from "../../integration-tests/helpers/stripe-double"

type Collection = Map<string, unknown> | Set<unknown>

/**
 * Starts a double that still knows the customers and cards of earlier runs: the
 * store keeps its data, so Stripe must, too.
 *
 * @param file where it is written to by `save()`
 */
export async function startKeptDouble(
  file: string
): Promise<StripeDouble & { save: () => void }> {
  const double = await createStripeDouble({
    // No id of an earlier run comes again.
    idNamespace: randomBytes(4).toString("hex"),
  })
  if (fs.existsSync(file)) {
    restore(double, JSON.parse(fs.readFileSync(file, "utf8")) as Kept)
  }
  return {
    ...double,
    save: () => {
      const draft = `${file}.draft`
      fs.writeFileSync(draft, JSON.stringify(snapshot(double)))
      fs.renameSync(draft, file)
    },
  }
}

type Kept = Record<string, unknown[]>

function collections(double: StripeDouble): [string, Collection][] {
  const members: [string, unknown][] = Object.entries(double.state)
  return members.filter(
    (member): member is [string, Collection] =>
      member[1] instanceof Map || member[1] instanceof Set
  )
}

function snapshot(double: StripeDouble): Kept {
  return Object.fromEntries(
    collections(double).map(([name, collection]) => [name, [...collection]])
  )
}

function restore(double: StripeDouble, kept: Kept): void {
  for (const [name, collection] of collections(double)) {
    for (const entry of kept[name] ?? []) {
      if (collection instanceof Map) {
        const [key, value] = entry as [string, unknown]
        collection.set(key, value)
      } else {
        collection.add(entry)
      }
    }
  }
}
