/**
 * Builds the package: `.medusa/server/src/**` with declarations, by Medusa's
 * own `plugin:build`, then the declarations of `./admin`, which that command
 * leaves out.
 */
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"

const require = createRequire(import.meta.url)
const medusa = path.join(
  path.dirname(require.resolve("@medusajs/cli/package.json")),
  "cli.js"
)
const { status } = spawnSync(process.execPath, [medusa, "plugin:build"], {
  stdio: "inherit",
  env: {
    ...process.env,
    NODE_ENV: "production",
    MEDUSA_DISABLE_TELEMETRY: "true",
  },
})
if (status !== 0) {
  process.exit(status ?? 1)
}

// The admin bundle is read by the dashboard's build and by nothing else: its
// shape is the dashboard's affair, which the declarations say.
const admin = ".medusa/server/src/admin"
const header = "/** Admin extensions, for the dashboard's build only. */\n"
const value = "declare const extensions: Record<string, unknown>\n"
if (!existsSync(path.join(admin, "index.js"))) {
  console.error(`${admin}/index.js is missing: ./admin would not resolve.`)
  process.exit(1)
}

// `plugin:build` leaves a fifth of indentation in, and quotes around each key of
// the texts; the names stay, so that an error's trace can be read. The builder's
// own copy of esbuild does it.
const bundler = createRequire(require.resolve("@medusajs/admin-bundler"))
const vite = createRequire(bundler.resolve("vite/package.json"))
const { transformSync } = vite("esbuild")
for (const file of ["index.js", "index.mjs"].map((name) =>
  path.join(admin, name)
)) {
  const { code } = transformSync(readFileSync(file, "utf8"), {
    minifyWhitespace: true,
    minifySyntax: true,
    charset: "utf8",
  })
  writeFileSync(file, code)
}

writeFileSync(
  path.join(admin, "index.d.ts"),
  `${header}${value}export = extensions\n`
)
writeFileSync(
  path.join(admin, "index.d.mts"),
  `${header}${value}export default extensions\n`
)
