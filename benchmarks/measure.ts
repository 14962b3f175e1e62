import { createHash } from "node:crypto"

import { countSql } from "../integration-tests/helpers/sql-counter"

/** Something that is measured. `run` does `units` of it; `prepare` is not timed. */
export type Work = {
  name: string
  units: number
  prepare(): Promise<void>
  run(): Promise<void>
}

export type Measured = {
  name: string
  /** Median of the rounds. */
  perSecond: number
  msPerUnit: number
  statementsPerUnit: number
  /** Median of a fixed CPU job that ran right before each round. */
  cpuMs: number
}

/**
 * Measures works in turns, round by round, so that whatever else the machine does
 * meets all of them. A first round warms up and is not counted.
 */
export async function measure(
  works: Work[],
  rounds: number
): Promise<Measured[]> {
  const samples = works.map(() => ({
    ms: [] as number[],
    cpu: [] as number[],
    sql: [] as number[],
  }))
  for (let round = 0; round <= rounds; round++) {
    for (const [index, work] of works.entries()) {
      await work.prepare()
      const cpu = cpuJob()
      const start = performance.now()
      const { count } = await countSql(() => work.run())
      const ms = performance.now() - start
      if (round > 0) {
        samples[index]?.ms.push(ms)
        samples[index]?.cpu.push(cpu)
        samples[index]?.sql.push(count)
      }
    }
  }
  return works.map(({ name, units }, index) => {
    const { ms = [], cpu = [], sql = [] } = samples[index] ?? {}
    const msPerUnit = median(ms) / units
    return {
      name,
      perSecond: 1000 / msPerUnit,
      msPerUnit,
      statementsPerUnit: median(sql) / units,
      cpuMs: median(cpu),
    }
  })
}

/** The same work at all times: a neighbour on the machine shows in its time. */
function cpuJob(): number {
  const start = performance.now()
  let hash = "portal"
  for (let index = 0; index < 100_000; index++) {
    hash = createHash("sha256").update(hash).digest("hex")
  }
  return performance.now() - start
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] =
    sorted.length % 2
      ? [sorted[middle], sorted[middle]]
      : [sorted[middle - 1], sorted[middle]]
  return (low + high) / 2
}
