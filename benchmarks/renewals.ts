import { makeSubscriptions } from "../integration-tests/helpers/subscriptions"
import { RUNTIME_MODULE } from "../src/modules/runtime"
import type RuntimeModuleService from "../src/modules/runtime/service"
import { renewDueCycles } from "../src/workflows/renewals/renew-due-cycles"
import type { Work } from "./measure"
import type { BenchStore } from "./store"

const BATCH = 50
const DAY_MS = 24 * 60 * 60 * 1000

/** Each batch is bought on a day of its own, so that only it is due. */
let day = new Date("2026-01-01T10:00:00.000Z").getTime()

/** A batch of due renewals, from the claim to the last event. */
export function renewals(
  store: BenchStore,
  input: { name: string; provider: string }
): Work {
  return {
    name: input.name,
    units: BATCH,
    async prepare() {
      day += DAY_MS
      await makeSubscriptions(store, {
        provider: input.provider,
        startedAt: new Date(day).toISOString(),
        plan: { interval: "year" },
        count: BATCH,
      })
      await setClock(store, oneYearAfter(day))
    },
    async run() {
      const { claimed, completed } = await renewDueCycles(store.container())
      if (claimed !== BATCH || completed !== BATCH) {
        throw new Error(`Renewed ${completed} of ${claimed}, not of ${BATCH}`)
      }
    },
  }
}

/** A subscription that was renewed once, for copies of it to fill the store. */
export async function renewedSubscription(store: BenchStore): Promise<string> {
  const [made] = await makeSubscriptions(store, {
    startedAt: "2025-12-15T10:00:00.000Z",
    plan: { interval: "year" },
  })
  await setClock(store, new Date("2026-12-15T10:00:00.000Z"))
  await renewDueCycles(store.container())
  return made?.id ?? ""
}

async function setClock(store: BenchStore, now: Date): Promise<void> {
  await store
    .container()
    .resolve<RuntimeModuleService>(RUNTIME_MODULE)
    .setTestClock(now)
}

function oneYearAfter(time: number): Date {
  const date = new Date(time)
  date.setUTCFullYear(date.getUTCFullYear() + 1)
  return date
}
