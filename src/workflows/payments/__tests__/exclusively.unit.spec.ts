import type { MedusaContainer } from "@medusajs/framework/types"
import { setTimeout } from "node:timers/promises"

import { exclusively } from "../exclusively"

/** The table of claims, in memory. */
function claims() {
  const rows = new Map<string, string>()
  let asked = 0
  return {
    rows,
    asked: () => asked,
    container: {
      resolve: () => ({
        takeClaim: ({ key, claimed_by }: Record<string, string>) => {
          asked += 1
          const owner = rows.get(key ?? "") ?? claimed_by ?? ""
          rows.set(key ?? "", owner)
          return Promise.resolve(owner === claimed_by ? "taken" : "busy")
        },
        releaseClaim: ({ key, claimed_by }: Record<string, string>) => {
          if (rows.get(key ?? "") === claimed_by) {
            rows.delete(key ?? "")
          }
          return Promise.resolve()
        },
      }),
    } as unknown as MedusaContainer,
  }
}

describe("exclusively", () => {
  it("does one after the other, in the order of their coming, and asks once each", async () => {
    const { container, rows, asked } = claims()
    const done: number[] = []
    let running = 0
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        exclusively(container, "key", async () => {
          running += 1
          expect(running).toBe(1)
          await setTimeout(2)
          running -= 1
          done.push(index)
        })
      )
    )
    expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index))
    expect(asked()).toBe(20)
    expect(rows.size).toBe(0)
  })

  it("does work of other keys meanwhile", async () => {
    const { container } = claims()
    const answer = await exclusively(container, "a", async () =>
      exclusively(container, "b", () => Promise.resolve("both"))
    )
    expect(answer).toBe("both")
  })

  it("waits for another process, and then refuses in the caller's words", async () => {
    const { container, rows } = claims()
    rows.set("key", "another process")
    const work = jest.fn(() => Promise.resolve("done"))
    const patience = { busy: "address_busy" as const, wait_ms: 20 }
    await expect(
      exclusively(container, "key", work, patience)
    ).rejects.toMatchObject({ code: "address_busy" })
    await expect(
      exclusively(container, "key", work, { wait_ms: 1 })
    ).rejects.toMatchObject({ code: "payment_method_busy" })
    expect(work).not.toHaveBeenCalled()
    expect(rows.get("key")).toBe("another process")

    const waiting = exclusively(container, "key", work, { wait_ms: 5_000 })
    await setTimeout(60)
    rows.delete("key")
    await expect(waiting).resolves.toBe("done")
  })

  it("lets the next one in after work that failed", async () => {
    const { container, rows } = claims()
    const fail = () => Promise.reject(new Error("no"))
    await expect(exclusively(container, "key", fail)).rejects.toThrow("no")
    expect(rows.size).toBe(0)
    await expect(
      exclusively(container, "key", () => Promise.resolve(1))
    ).resolves.toBe(1)
  })
})
