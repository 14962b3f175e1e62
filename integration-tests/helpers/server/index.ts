import { fork } from "node:child_process"
import { once } from "node:events"
import path from "node:path"

const ROOT = path.resolve(__dirname, "../../..")

/** A store with HTTP in a process of its own. */
export type StoreServer = {
  url: string
  /** All that it has printed so far. */
  output(): string
  stop(): Promise<void>
}

/**
 * Starts a store with HTTP and keeps what it prints. In the process of the tests
 * Medusa logs no request: there `NODE_ENV` is `test`.
 *
 * @param env at least `DATABASE_URL`; see `app.processEnv()`
 */
export async function startServer(
  env: Record<string, string>
): Promise<StoreServer> {
  const child = fork(path.join(__dirname, "entry.ts"), {
    cwd: ROOT,
    execArgv: ["-r", "ts-node/register"],
    env: { ...process.env, ADMIN_DISABLED: "true", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => printed.push(chunk.toString()))
  }
  const output = () => printed.join("")
  const exit = once(child, "exit")
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message: { port: number }) => {
      resolve(message.port)
    })
    child.once("exit", () => {
      reject(new Error(`The store did not start:\n${output().slice(-2000)}`))
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    output,
    async stop() {
      child.kill("SIGTERM")
      await exit
    },
  }
}
