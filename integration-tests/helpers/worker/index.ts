import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import path from "node:path"

import type { WorkerMessage, WorkerRequest } from "./protocol"

const ROOT = path.resolve(__dirname, "../../..")

/** A process that runs what it is told to, see `startWorker()`. */
export type Worker = {
  pid: number
  /** Calls an export of a source file with the container and `args`. */
  call<Result>(file: string, name: string, ...args: unknown[]): Promise<Result>
  /** Runs the default export of `src/jobs/<name>`. */
  runJob<Result>(name: string): Promise<Result>
  /** SIGKILL, as the out-of-memory killer does. Pending calls are rejected. */
  kill(): Promise<void>
  stop(): Promise<void>
}

const running = new Set<Worker>()

/** Stops all workers; `portalTest` does it after each test. */
export async function stopWorkers(): Promise<void> {
  await Promise.all([...running].map((worker) => worker.stop()))
}

/**
 * Starts another Medusa process on the same database, without HTTP.
 *
 * @param env at least `DATABASE_URL`; see `app.processEnv()`
 */
export async function startWorker(
  env: Record<string, string>
): Promise<Worker> {
  const child = fork(path.join(__dirname, "entry.ts"), {
    cwd: ROOT,
    execArgv: ["-r", "ts-node/register"],
    // "server": no schedule starts a job behind the test's back.
    env: { ...process.env, MEDUSA_WORKER_MODE: "server", ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  const pending = new Pending()
  child.on("message", (message: WorkerMessage) => {
    pending.settle(message)
  })
  child.once("exit", (code, signal) => {
    pending.rejectAll(`The worker ended: ${signal ?? `code ${code}`}`)
  })
  const worker = workerOf(child, pending)
  running.add(worker)
  child.once("exit", () => running.delete(worker))
  await pending.ready
  return worker
}

function workerOf(child: ChildProcess, pending: Pending): Worker {
  const call = <Result>(
    file: string,
    name: string,
    ...args: unknown[]
  ): Promise<Result> => {
    const request = pending.add({ file, name, args })
    child.send(request.message)
    return request.answer as Promise<Result>
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, "exit")
      child.kill(signal)
      await exit
    }
  }
  return {
    pid: child.pid ?? 0,
    call,
    runJob: (name) => call(`src/jobs/${name}`, "default"),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  }
}

type Waiting = {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** Requests without an answer yet. */
class Pending {
  readonly ready: Promise<void>
  private boot: Waiting | undefined
  private next = 1
  private readonly waiting = new Map<number, Waiting>()

  constructor() {
    this.ready = new Promise<void>((resolve, reject) => {
      this.boot = { resolve: () => resolve(), reject }
    })
  }

  add(request: Omit<WorkerRequest, "id">): {
    message: WorkerRequest
    answer: Promise<unknown>
  } {
    const id = this.next++
    const answer = new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
    })
    // A test that kills the worker may look at the answer only later.
    answer.catch(() => undefined)
    return { message: { id, ...request }, answer }
  }

  settle(message: WorkerMessage): void {
    if (message.kind === "ready") {
      this.boot?.resolve(undefined)
      return
    }
    const waiting = this.waiting.get(message.id)
    this.waiting.delete(message.id)
    if (message.kind === "done") {
      waiting?.resolve(message.result)
    } else {
      waiting?.reject(
        Object.assign(new Error(message.message), { stack: message.stack })
      )
    }
  }

  rejectAll(reason: string): void {
    const error = new Error(reason)
    this.boot?.reject(error)
    for (const waiting of this.waiting.values()) {
      waiting.reject(error)
    }
    this.waiting.clear()
  }
}
