import fs from "node:fs"
import path from "node:path"

const MODULES = path.resolve(__dirname, "../..")

/**
 * Medusa writes down the name of each migration, not whose it is: a second one of
 * the same name in another module never runs.
 */
it("gives no two migrations of the plugin the same name", () => {
  const names = fs
    .readdirSync(MODULES, { recursive: true, encoding: "utf8" })
    .filter((file) => /migrations[\\/]Migration\d+\.ts$/.test(file))
    .map((file) => path.basename(file))
  expect(names.length).toBeGreaterThan(5)
  expect(names).toEqual([...new Set(names)])
})
