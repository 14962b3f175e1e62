import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import fs from "node:fs"
import type { Socket } from "node:net"

import type { Binaries } from "./binaries"
import type { Owner } from "./owner"

const READY = "database system is ready to accept connections"

/**
 * Waits until our end of its standard input closes, which happens however we
 * end, SIGKILL included. Then it shuts the server down and removes the data of a
 * server that was only for this run.
 */
const WATCHDOG = `
cat >/dev/null 2>&1
kill -INT "$1" 2>/dev/null
n=0
while kill -0 "$1" 2>/dev/null && [ $n -lt 200 ]; do
  n=$((n+1)); [ $n -eq 100 ] && kill -QUIT "$1"
  sleep 0.1
done
[ -z "$2" ] || rm -rf "$2"
`

export type Server = { stop(): Promise<void> }

/** Starts one server process. Rejects with the end of its log if it cannot. */
export async function startServer(input: {
  binaries: Binaries
  owner: Owner | undefined
  folder: string
  port: number
  settings: Record<string, string>
  removeFolder: boolean
}): Promise<Server> {
  const { binaries, owner, folder, port, settings, removeFolder } = input
  const flags = Object.entries({
    ...settings,
    // Medusa wants "localhost"; that may be IPv4, IPv6 or both.
    listen_addresses: "localhost",
    unix_socket_directories: "",
    lc_messages: "C",
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`])

  // Its own process group: Ctrl-C must reach the store before its database.
  const server = spawn(
    binaries.postgres,
    ["-D", folder, "-p", String(port), ...flags],
    {
      ...owner,
      cwd: binaries.folder,
      detached: process.platform !== "win32",
      stdio: ["ignore", "ignore", "pipe"],
    }
  )
  await ready(server)
  release(server)
  return process.platform === "win32"
    ? withoutWatchdog(server, removeFolder ? folder : "")
    : withWatchdog(server, removeFolder ? folder : "")
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = ""
    server.stderr?.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4000)
      if (log.includes(READY)) {
        resolve()
      }
    })
    server.once("error", reject)
    server.once("exit", () => {
      reject(new Error(`PostgreSQL did not start:\n${log}`))
    })
  })
}

/** Lets this process end while the child lives. */
function release(child: ChildProcess): void {
  child.unref()
  for (const stream of [child.stdin, child.stderr]) {
    ;(stream as Socket | null)?.unref()
  }
}

function withWatchdog(server: ChildProcess, remove: string): Server {
  const watchdog = spawn(
    "/bin/sh",
    ["-c", WATCHDOG, "sh", String(server.pid), remove],
    { detached: true, stdio: ["pipe", "ignore", "ignore"], cwd: "/" }
  )
  release(watchdog)
  return {
    async stop() {
      if (watchdog.exitCode !== null) {
        return
      }
      watchdog.ref()
      watchdog.stdin?.end()
      await once(watchdog, "exit")
    },
  }
}

function withoutWatchdog(server: ChildProcess, remove: string): Server {
  const kill = (): void => {
    server.kill()
  }
  process.once("exit", kill)
  return {
    async stop() {
      process.off("exit", kill)
      if (server.exitCode === null) {
        server.ref()
        server.kill()
        await once(server, "exit")
      }
      if (remove) {
        fs.rmSync(remove, { recursive: true, force: true, maxRetries: 5 })
      }
    },
  }
}
