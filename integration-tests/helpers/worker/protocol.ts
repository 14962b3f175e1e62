/** What the test sends to a worker process. */
export type WorkerRequest = {
  id: number
  /** A module below the repository's root, such as "src/jobs/renew". */
  file: string
  /** The export to call, with the container and `args`. */
  name: string
  args: unknown[]
}

/** What a worker process sends to the test. */
export type WorkerMessage =
  | { kind: "ready" }
  | { kind: "done"; id: number; result: unknown }
  | { kind: "failed"; id: number; message: string; stack?: string }
