/**
 * Adds to package-lock.json what `npm ci` asks for and `npm install` may leave
 * out: native packages for platforms other than the one it ran on, when its
 * registry did not have them (npm/cli#4828). Run it after `npm install`.
 *
 * Such a package is an optional dependency with an exact version, and its name
 * ends in the platform, so that its entry can be told from its parent's. The
 * entry has no checksum: npm adds it when it installs the package there.
 */
import { readFileSync, writeFileSync } from "node:fs"

const FILE = "package-lock.json"
const lock = JSON.parse(readFileSync(FILE, "utf8"))
const { packages } = lock
const added = []

for (const [parent, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(
    entry.optionalDependencies ?? {}
  )) {
    const platform = platformOf(name)
    if (!isThere(parent, name) && /^\d/.test(version) && platform) {
      packages[`node_modules/${name}`] = {
        version,
        ...platform,
        ...(entry.dev && { dev: true }),
        ...(entry.peer && { peer: true }),
        optional: true,
      }
      added.push(name)
    }
  }
}

if (added.length > 0) {
  lock.packages = Object.fromEntries(
    Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"))
  )
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
}
console.log(`${FILE}: ${added.length} packages added`)

/** Whether `name` is found from `parent`, as Node looks for it. */
function isThere(parent, name) {
  for (let folder = parent; ;) {
    const place = `${folder}${folder ? "/" : ""}node_modules/${name}`
    if (packages[place]) {
      return true
    }
    if (!folder) {
      return false
    }
    folder = folder.slice(
      0,
      Math.max(0, folder.lastIndexOf("node_modules") - 1)
    )
  }
}

/** `@swc/core-linux-x64-musl` is for Linux, x64, musl. */
function platformOf(name) {
  const match =
    /(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64)(?:-(\w+))?$/.exec(
      name
    )
  if (!match) {
    return undefined
  }
  const [, os, cpu, abi] = match
  const libc = { gnu: "glibc", musl: "musl" }[abi]
  return {
    cpu: [cpu],
    ...(os === "linux" && libc && { libc: [libc] }),
    os: [os],
  }
}
