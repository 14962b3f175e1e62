import { createRequire } from "node:module"
import path from "node:path"

import type { MedusaContainer } from "@medusajs/framework/types"

import { bootStore } from "../boot"
import type { WorkerMessage, WorkerRequest } from "./protocol"

/**
 * Another Medusa process on the database of `DATABASE_URL`, for tests of what
 * happens between processes. Runs what it is told to, see `startWorker()`.
 */
const ROOT = path.resolve(__dirname, "../../..")

/** Unlike `import()` this takes a path without the ending. */
const load = createRequire(__filename)

type Callable = (container: MedusaContainer, ...args: unknown[]) => unknown

async function main(): Promise<void> {
  const { container } = await bootStore(ROOT)
  process.on("message", (request: WorkerRequest) => {
    void answer(container, request)
  })
  process.on("disconnect", () => process.exit(0))
  send({ kind: "ready" })
}

async function answer(
  container: MedusaContainer,
  { id, file, name, args }: WorkerRequest
): Promise<void> {
  try {
    const loaded = load(path.join(ROOT, file)) as Record<
      string,
      Callable | undefined
    >
    const callable = loaded[name]
    if (typeof callable !== "function") {
      throw new Error(`${file} does not export a function "${name}"`)
    }
    const result = await callable(container, ...args)
    send({ kind: "done", id, result })
  } catch (error) {
    const { message, stack } = error as Error
    send({ kind: "failed", id, message, stack })
  }
}

function send(message: WorkerMessage): void {
  process.send?.(message)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
