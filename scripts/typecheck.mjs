/** Type-checks every TypeScript project of the repository. */
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc")

const hasSources = (folder) =>
  existsSync(folder) &&
  readdirSync(folder, { recursive: true }).some((file) =>
    /\.tsx?$/.test(String(file))
  )

// The server's code, its tests, the demo and the benchmarks are one project.
// The browser's code has others: a plugin build leaves it unchecked.
const projects = ["tsconfig.test.json"]
for (const folder of ["src/admin", "portal"]) {
  const project = path.join(folder, "tsconfig.json")
  if (existsSync(project) && hasSources(folder)) {
    projects.push(project)
  }
}

let failed = false
for (const project of projects) {
  console.log(`tsc -p ${project}`)
  const { status } = spawnSync(
    process.execPath,
    [tsc, "--noEmit", "-p", project],
    { stdio: "inherit" }
  )
  failed ||= status !== 0
}
process.exit(failed ? 1 : 0)
