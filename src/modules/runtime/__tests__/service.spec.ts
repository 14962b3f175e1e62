import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { RUNTIME_MODULE } from ".."
import PortalClock from "../models/portal-clock"
import RuntimeModuleService from "../service"

jest.setTimeout(120_000)

const NOON = new Date("2031-02-28T12:00:00.000Z")
const NEAR = 10_000

moduleIntegrationTestRunner<RuntimeModuleService>({
  moduleName: RUNTIME_MODULE,
  resolve: "./src/modules/runtime",
  moduleModels: [PortalClock],
  moduleOptions: { testClock: true, timezone: "Europe/Berlin" },
  testSuite: ({ service }) => {
    const distance = (time: Date) => Math.abs(time.getTime() - Date.now())

    it("has its options, checked and with defaults", () => {
      expect(service.options).toMatchObject({
        testClock: true,
        timezone: "Europe/Berlin",
        renewals: { batchSize: 50 },
      })
      expect(service.options).not.toHaveProperty("database")
    })

    it("takes the system's time while no other is set", async () => {
      expect(await service.getTestClock()).toBeNull()
      expect(distance(await service.now())).toBeLessThan(NEAR)
    })

    it("stands at the instant that was set", async () => {
      await service.setTestClock(NOON)
      expect(await service.now()).toEqual(NOON)
      expect(await service.getTestClock()).toEqual(NOON)
    })

    it("goes forwards and back, and keeps one row", async () => {
      const before = new Date("1999-12-31T23:59:59.999Z")
      await service.setTestClock(NOON)
      await service.setTestClock(before)
      expect(await service.now()).toEqual(before)
      expect(await service.listPortalClocks()).toHaveLength(1)
    })

    it("hands the time back to the system", async () => {
      await service.setTestClock(NOON)
      await service.setTestClock(null)
      await service.setTestClock(null)
      expect(await service.getTestClock()).toBeNull()
      expect(distance(await service.now())).toBeLessThan(NEAR)
    })

    it("keeps one row when many set it at once", async () => {
      await Promise.all(
        Array.from({ length: 8 }, () => service.setTestClock(NOON))
      )
      expect(await service.now()).toEqual(NOON)
    })
  },
})

describe("without the option", () => {
  const start = (options?: Record<string, unknown>) =>
    new RuntimeModuleService({ baseRepository: {} }, options)

  it.each<[string, (service: RuntimeModuleService) => Promise<unknown>]>([
    ["getTestClock", (service) => service.getTestClock({ manager: never })],
    [
      "setTestClock",
      (service) => service.setTestClock(NOON, { manager: never }),
    ],
  ])("%s does not exist", async (_name, call) => {
    await expect(call(start())).rejects.toMatchObject({
      code: "test_clock_disabled",
      type: "not_found",
    })
  })

  it("takes the time without asking the database", async () => {
    const now = await start().now({ manager: never })
    expect(now.getTime()).toBeGreaterThan(0)
  })

  it("stops the start of a store in production with the test clock on", () => {
    const environment = process.env.NODE_ENV
    process.env.NODE_ENV = "production"
    try {
      expect(() => start({ testClock: true })).toThrow('option "testClock"')
    } finally {
      process.env.NODE_ENV = environment
    }
  })
})

/** An entity manager that must not be used. */
const never = {
  execute: () => {
    throw new Error("The database was asked.")
  },
} as never
