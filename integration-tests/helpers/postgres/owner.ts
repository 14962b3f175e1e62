import { execFileSync } from "node:child_process"
import fs from "node:fs"
import path from "node:path"

/** The operating system user a PostgreSQL server runs as. */
export type Owner = { uid: number; gid: number }

/**
 * PostgreSQL refuses to run as root. As root we run it as the system user
 * `postgres` if there is one, else as `nobody`, so that no user has to be
 * created. As anybody else (and on Windows) it runs as ourselves: `undefined`.
 */
export function serverOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) {
    return undefined
  }
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf("-u", name)
    const gid = idOf("-g", name)
    if (uid !== undefined && gid !== undefined) {
      return { uid, gid }
    }
  }
  throw new Error(
    "PostgreSQL cannot run as root and this machine has neither a user " +
      '"postgres" nor "nobody". Create one, or run as a normal user.'
  )
}

/** Whether `owner` can enter `folder`: every folder above lets others pass. */
export function isReachable(folder: string, owner: Owner | undefined): boolean {
  if (!owner) {
    return true
  }
  let current = path.resolve(folder)
  for (;;) {
    if (fs.existsSync(current) && !mayEnter(fs.statSync(current), owner)) {
      return false
    }
    const parent = path.dirname(current)
    if (parent === current) {
      return true
    }
    current = parent
  }
}

function mayEnter(stat: fs.Stats, owner: Owner): boolean {
  if (stat.uid === owner.uid) {
    return (stat.mode & 0o100) !== 0
  }
  if (stat.gid === owner.gid) {
    return (stat.mode & 0o010) !== 0
  }
  return (stat.mode & 0o001) !== 0
}

function idOf(flag: "-u" | "-g", name: string): number | undefined {
  try {
    const out = execFileSync("id", [flag, name], {
      stdio: ["ignore", "pipe", "ignore"],
    })
    return Number.parseInt(out.toString(), 10)
  } catch {
    return undefined
  }
}
