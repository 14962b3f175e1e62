import { spawnSync } from "node:child_process"
import crypto from "node:crypto"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"

import type { Binaries } from "./binaries"
import { isReachable, type Owner } from "./owner"

const PASSWORD_FILE = "portal-password"

/** The folder to use for `wanted` (default: a new temporary one), created. */
export function prepareFolder(
  wanted: string | undefined,
  owner: Owner | undefined
): string {
  const folder = wanted
    ? reachable(path.resolve(wanted), owner)
    : fs.mkdtempSync(path.join(os.tmpdir(), "medusa-portal-db-"))
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (owner) {
    fs.chownSync(folder, owner.uid, owner.gid)
  }
  return folder
}

function reachable(folder: string, owner: Owner | undefined): string {
  // Made first, and open: `mkdir -p` would give the folder's own mode to it.
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  if (isReachable(path.dirname(folder), owner)) {
    return folder
  }
  const stamp = crypto
    .createHash("sha256")
    .update(folder)
    .digest("hex")
    .slice(0, 12)
  const other = path.join(os.tmpdir(), `medusa-portal-data-${stamp}`)
  const stat = fs.lstatSync(other, { throwIfNoEntry: false })
  if (stat && owner && stat.uid !== owner.uid) {
    throw new Error(`${other} belongs to another user`)
  }
  console.warn(
    `PostgreSQL's user cannot reach ${folder}; the data is kept in ${other}`
  )
  return other
}

/** Creates the cluster if the folder is empty. Answers the password. */
export function initialise(
  folder: string,
  binaries: Binaries,
  owner: Owner | undefined
): string {
  const passwordFile = path.join(folder, PASSWORD_FILE)
  if (fs.existsSync(path.join(folder, "PG_VERSION"))) {
    if (fs.existsSync(passwordFile)) {
      return fs.readFileSync(passwordFile, "utf8").trim()
    }
    throw new Error(`${folder} was not created by this program`)
  }
  for (const entry of fs.readdirSync(folder)) {
    if (entry !== PASSWORD_FILE) {
      throw new Error(`${folder} is neither empty nor a PostgreSQL folder`)
    }
  }

  const password = crypto.randomBytes(12).toString("hex")
  const draft = `${folder}.password`
  fs.writeFileSync(draft, `${password}\n`, { mode: 0o600 })
  if (owner) {
    fs.chownSync(draft, owner.uid, owner.gid)
  }
  fs.rmSync(passwordFile, { force: true })
  const result = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${folder}`,
      "--username=postgres",
      `--pwfile=${draft}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-sync",
      "--no-instructions",
      // A random password needs no slow hash, and tests connect often.
      "--set=scram_iterations=1",
    ],
    { ...owner, cwd: binaries.folder, encoding: "utf8" }
  )
  if (result.status !== 0) {
    fs.rmSync(draft, { force: true })
    throw new Error(
      `initdb failed: ${result.error?.message ?? result.stderr.trim()}`
    )
  }
  fs.renameSync(draft, passwordFile)
  return password
}

/**
 * Deals with what a crashed run left. PostgreSQL itself overwrites the lock file
 * of a dead server, but not if its process id has been given to another program.
 */
export async function clearStaleLock(folder: string): Promise<void> {
  const file = path.join(folder, "postmaster.pid")
  const deadline = Date.now() + 15_000
  for (;;) {
    const pid = readPid(file)
    if (pid === undefined) {
      return
    }
    if (!isPostgres(pid)) {
      fs.rmSync(file, { force: true })
      return
    }
    if (Date.now() > deadline) {
      throw new Error(`${folder} is in use by PostgreSQL, process ${pid}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(fs.readFileSync(file, "utf8"), 10)
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") {
      return false
    }
  }
  if (process.platform === "win32") {
    return true
  }
  const ps = spawnSync("ps", ["-o", "stat=,command=", "-p", String(pid)], {
    encoding: "utf8",
  })
  if (ps.error) {
    return true
  }
  const line = ps.stdout.trim()
  return line.includes("postgres") && !line.startsWith("Z")
}
