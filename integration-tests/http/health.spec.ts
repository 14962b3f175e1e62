import { portalTest } from "../helpers/app"

jest.setTimeout(180_000)

portalTest({
  testSuite: (app) => {
    it("boots", async () => {
      const response = await app.api.get("/health")
      expect(response.status).toBe(200)
    })
    it("restores", async () => {
      const rows = await app.db("select count(*) from region where id = ?", [
        "x",
      ])
      expect(rows).toEqual([{ count: "0" }])
    })
  },
})
