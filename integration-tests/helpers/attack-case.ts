import attacks from "../cases/attacks.json"

type Attack = { area: string; attack: string; expected: string }

/** The acceptance cases by `<area>/<n>`, counted within the area from 1. */
export const ATTACKS: ReadonlyMap<string, Attack> = byId(attacks)

/**
 * A test of one acceptance case. It is named by the case's text, so that who reads
 * the report knows what was tried.
 *
 * @param id - `<area>/<n>`: the n-th case of the area in `attacks.json`
 * @example
 * attackCase("link-redeem/1", async () => { … })
 */
export function attackCase(id: string, test: () => Promise<void>): void {
  const found = ATTACKS.get(id)
  if (!found) {
    throw new Error(`There is no attack "${id}" in attacks.json`)
  }
  it(`${id}: ${found.attack} → ${found.expected}`, test)
}

function byId(all: Attack[]): Map<string, Attack> {
  const counts = new Map<string, number>()
  return new Map(
    all.map((one) => {
      const n = (counts.get(one.area) ?? 0) + 1
      counts.set(one.area, n)
      return [`${one.area}/${n}`, one]
    })
  )
}
