import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

const ROOT = join(__dirname, "..", "..", "..")
const TREES = ["src", "integration-tests"]

/** `(B5)` or `(B1, B2)` within the name of a test. */
const TAGS = /["'`][^"'`\n]*\((B\d+(?:, B\d+)*)\)["'`]/g

/**
 * The 23 defects of another subscription plugin that were read or reproduced before
 * this one was written. Each has a test here that would catch it, and names it.
 */
const BUGS = {
  B1: "a declined renewal is charged again and again, on a new order each time",
  B2: "a retry can never collect",
  B3: "charge, then any error of the database, then charge again",
  B4: "paid elsewhere, charged anyway",
  B5: "a resumption bills the whole pause",
  B6: "a crash in the middle of a charge is for ever",
  B7: "the subscriber's discount ends after the first order",
  B8: "retention offers and minimum terms are only shown",
  B9: "a trial charges its first order in full",
  B10: "a subscription that was paid stays past due",
  B11: "hard declines, soft ones and 3-D Secure are not told apart",
  B12: "no idempotency key outlives an attempt",
  B13: "customers set their own billing date without a bound",
  B14: "a changed address is ignored",
  B15: "orders of renewals have no reservation and cannot be fulfilled",
  B16: "after a swap, the new variant comes with the old SKU",
  B17: "the end of the month drifts",
  B18: "dates know only UTC",
  B19: "a customer's change blocks the renewal until an admin approves",
  B20: "one paused customer hangs the job for ever",
  B21: "pages over a set that shrinks leave out what is due",
  B22: "each renewal reads the whole store",
  B23: "a failure after the charge leaves no next cycle",
}

function specs(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) {
      return entry.name === "node_modules" ? [] : specs(path)
    }
    return entry.name.endsWith(".spec.ts") && path !== __filename ? [path] : []
  })
}

const tagged = new Set(
  TREES.flatMap((tree) => specs(join(ROOT, tree))).flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(TAGS)].flatMap(([, tags = ""]) =>
      tags.split(", ")
    )
  )
)

it.each(Object.entries(BUGS))("%s has a test: %s", (bug) => {
  expect(tagged).toContain(bug)
})

it("no test names a defect that there is not", () => {
  expect([...tagged].filter((tag) => !(tag in BUGS))).toEqual([])
})
