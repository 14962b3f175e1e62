/**
 * Packs what `npm run build` has made and judges the tarball as its users get
 * it: what is in it, how its entry points resolve (publint), whether their
 * types are right (Are The Types Wrong), how heavy the admin bundle is.
 */
import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import path from "node:path"
import { publint } from "publint"
import { formatMessage } from "publint/utils"

/**
 * Every merchant's dashboard loads the bundle. Its names are not minified (the
 * dashboard's own build does that). Charts are plain SVG: neither a library of charts
 * nor a copy of a dashboard component is in it. Texts are counted apart, because they
 * grow with the languages and the code must not hide behind them.
 */
const ADMIN_CODE_BUDGET = 150 * 1024
const ADMIN_TEXT_BUDGET = 45 * 1024

const pkg = JSON.parse(readFileSync("package.json", "utf8"))
const work = mkdtempSync(path.join(tmpdir(), "customer-portal-pack-"))
const problems = []

try {
  const [packed] = JSON.parse(
    execFileSync(
      "npm",
      ["pack", "--json", "--ignore-scripts", "--pack-destination", work],
      { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }
    )
  )
  const tarball = path.join(work, packed.filename)
  const files = packed.files.map((file) => file.path)

  checkContents(files)
  checkAdmin(packed.files)
  await checkExports(tarball)
  checkTypes(tarball, files)

  const size = Math.round(packed.unpackedSize / 1024)
  console.log(`${packed.filename}: ${files.length} files, ${size} KB unpacked`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

if (problems.length > 0) {
  console.error(problems.map((problem) => `- ${problem}`).join("\n"))
  process.exit(1)
}

function checkContents(files) {
  const wanted = ["LICENSE", "README.md", "CHANGELOG.md", "index.d.ts"]
  for (const file of wanted.filter((name) => !files.includes(name))) {
    problems.push(`${file} is not in the package`)
  }
  const unwanted =
    /(^|\/)(__tests__|__mocks__|__fixtures__|integration-tests|demo|benchmarks)\/|\.(spec|test)\.|\.tsbuildinfo$|medusa-plugin-options\.json$/
  for (const file of files.filter((name) => unwanted.test(name))) {
    problems.push(`${file} must not be in the package`)
  }
  for (const file of files.filter((name) => name.endsWith(".js"))) {
    if (
      file.startsWith(".medusa/server/src/") &&
      !file.includes("/src/admin/") &&
      !files.includes(file.replace(/\.js$/, ".d.ts"))
    ) {
      problems.push(`${file} has no declarations`)
    }
  }
  for (const module of readdirSync("src/modules")) {
    const built = `.medusa/server/src/modules/${module}`
    if (!files.includes(`${built}/index.js`)) {
      problems.push(`the module ${module} is not in the package`)
    }
    const migrations = readdirSync(`src/modules/${module}`).includes(
      "migrations"
    )
      ? readdirSync(`src/modules/${module}/migrations`)
      : []
    for (const migration of migrations.filter((name) => /\.ts$/.test(name))) {
      const file = `${built}/migrations/${migration.replace(/\.ts$/, ".js")}`
      if (!files.includes(file)) {
        problems.push(`${file} is not in the package`)
      }
    }
  }
}

/** Both formats are in the package; a dashboard loads one of them. */
function checkAdmin(files) {
  const size = files
    .filter(({ path: name }) => /\/src\/admin\/.*\.mjs$/.test(name))
    .reduce((sum, file) => sum + file.size, 0)
  let texts = 0
  for (const name of readdirSync("src/admin/i18n")) {
    if (name.endsWith(".json")) {
      const file = readFileSync(path.join("src/admin/i18n", name), "utf8")
      const bytes = Buffer.byteLength(JSON.stringify(JSON.parse(file)))
      texts += bytes
      limit(`the admin's texts in ${name}`, bytes, ADMIN_TEXT_BUDGET)
    }
  }
  limit("the admin bundle without its texts", size - texts, ADMIN_CODE_BUDGET)
}

function limit(what, size, most) {
  console.log(`${what}: ${Math.round(size / 1024)} KB`)
  if (size > most) {
    problems.push(`${what}: ${size} bytes, not ≤ ${most}`)
  }
}

async function checkExports(tarball) {
  const bytes = readFileSync(tarball)
  const { messages } = await publint({
    strict: true,
    pack: {
      tarball: bytes.buffer.slice(
        bytes.byteOffset,
        bytes.byteOffset + bytes.byteLength
      ),
    },
  })
  for (const message of messages) {
    problems.push(`publint: ${formatMessage(message, pkg, { color: false })}`)
  }
}

/**
 * The profile is node16: no entry point is meant for TypeScript's old "node10"
 * resolution, which knows no `exports`. One rule is ignored: the index of a
 * module or a provider has `export default Module(…)` and no `module.exports`,
 * because Medusa's loader asks for `default`. `./admin` is left to publint: the
 * dashboard's bundler reads it, never a program.
 */
function checkTypes(tarball, files) {
  const named = (folder) =>
    files
      .map((file) =>
        new RegExp(`^\\.medusa/server/src/${folder}/([^/]+)/index\\.js$`).exec(
          file
        )
      )
      .filter(Boolean)
      .map(([, name]) => name)
  const entryPoints = Object.keys(pkg.exports)
    .filter((entry) => entry !== "./package.json" && entry !== "./admin")
    .flatMap((entry) =>
      entry.includes("*")
        ? named(path.basename(path.dirname(entry))).map((name) =>
            entry.replace("*", name)
          )
        : [entry]
    )
  const require = createRequire(import.meta.url)
  const bin = path.join(
    path.dirname(require.resolve("@arethetypeswrong/cli/package.json")),
    "dist/index.js"
  )
  const { status } = spawnSync(
    process.execPath,
    [
      bin,
      tarball,
      "--profile",
      "node16",
      "--no-definitely-typed",
      "--ignore-rules",
      "cjs-only-exports-default",
      "--format",
      "ascii",
      "--entrypoints",
      ...entryPoints,
    ],
    { stdio: "inherit" }
  )
  if (status !== 0) {
    problems.push("attw: the types are wrong, see above")
  }
}
