import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process"

/** Runs a command to its end. Its output is shown, and its failure thrown. */
export async function run(
  command: string,
  args: string[],
  options: SpawnOptions
): Promise<void> {
  const child = spawn(command, args, {
    ...options,
    stdio: ["ignore", "inherit", "inherit"],
  })
  const status = await ended(child)
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${status}`)
  }
}

/** Ends a process that we started: politely, then not. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return
  }
  const end = ended(child)
  child.kill("SIGTERM")
  const force = setTimeout(() => child.kill("SIGKILL"), 10_000)
  await end
  clearTimeout(force)
}

async function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code, signal) => {
      resolve(code ?? signal ?? "unknown")
    })
  })
}
