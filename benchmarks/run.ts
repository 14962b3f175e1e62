import "./environment"

import {
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
} from "../integration-tests/helpers/checkout"
import { copySubscription } from "../integration-tests/scale/support/copy-subscriptions"
import { coreOrders } from "./core-orders"
import { measure, type Measured } from "./measure"
import { renewals, renewedSubscription } from "./renewals"
import { withStore, type BenchStore } from "./store"

const ROUNDS = 3
/** Renewals a second over core's orders a second. */
const LEAST_RATIO = 5
/** Subscriptions with orders and payments that the store holds besides. */
const SMALL = 100
const LARGE = 100 * SMALL

type Row = Measured & { others: number; ratio: number }

async function main(): Promise<boolean> {
  return await withStore(async (store) => {
    const other = await renewedSubscription(store)
    await copySubscription(store.db, other, { from: 1, to: SMALL - 1 })
    const small = await rows(store, SMALL)
    print(small)
    await copySubscription(store.db, other, { from: SMALL, to: LARGE - 1 })
    const large = await rows(store, LARGE)
    print(large)
    return [...small, ...large]
      .filter(({ name }) => name.startsWith("portal"))
      .every(({ ratio }) => ratio >= LEAST_RATIO)
  })
}

async function rows(store: BenchStore, others: number): Promise<Row[]> {
  const measured = await measure(
    [
      await coreOrders(store, `floor-${others}@shop.test`),
      renewals(store, {
        name: "portal: renewals, Medusa's own provider",
        provider: SYSTEM_PROVIDER,
      }),
      renewals(store, {
        name: "portal: renewals, Stripe's double",
        provider: STRIPE_PROVIDER,
      }),
    ],
    ROUNDS
  )
  const [floor] = measured
  return measured.map((row) => ({
    ...row,
    others,
    ratio: row.perSecond / (floor?.perSecond ?? row.perSecond),
  }))
}

function print(table: Row[]): void {
  console.table(
    table.map((row) => ({
      work: row.name,
      "subscriptions besides": row.others,
      "a second": Number(row.perSecond.toFixed(1)),
      "ms each": Number(row.msPerUnit.toFixed(1)),
      "SQL each": Number(row.statementsPerUnit.toFixed(1)),
      "× floor": Number(row.ratio.toFixed(1)),
      "CPU job, ms": Math.round(row.cpuMs),
    }))
  )
}

main().then(
  (isFastEnough) => {
    if (!isFastEnough) {
      console.error(`Renewals are less than ${LEAST_RATIO} times the floor.`)
    }
    process.exit(isFastEnough ? 0 : 1)
  },
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
