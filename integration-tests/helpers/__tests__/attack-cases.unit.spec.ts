import fs from "node:fs"
import path from "node:path"
import { ATTACKS } from "../attack-case"

const HTTP = path.resolve(__dirname, "../../http")

describe("the acceptance cases of attacks", () => {
  const specs = fs
    .readdirSync(HTTP, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => fs.readFileSync(path.join(HTTP, file), "utf8"))
    .join("\n")

  it.each([...ATTACKS.keys()])("%s has a test", (id) => {
    expect(specs).toContain(`attackCase("${id}"`)
  })
})
