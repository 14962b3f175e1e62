import { adminClient, expectError, portalTest } from "../helpers"

jest.setTimeout(180_000)

portalTest({
  options: { testClock: false },
  testSuite: (app) => {
    it("has no test clock where the option is off", async () => {
      const admin = await adminClient(app)
      const path = "/admin/portal/test-clock"
      expectError(await admin.get(path), 404, "test_clock_disabled")
      expectError(
        await admin.post(path, { now: "2030-01-01T00:00:00Z" }),
        404,
        "test_clock_disabled"
      )
      expect(await app.db("select * from portal_clock")).toEqual([])
    })
  },
})
