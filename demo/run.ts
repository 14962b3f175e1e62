import { createRequire } from "node:module"

import { HELP, parseCommandLine, UsageError, type DemoOptions } from "./cli"
import { Cleanup } from "./cleanup"
import type * as Demo from "./demo"
import { requireFreePort } from "./store/port"

const EXIT_USAGE = 2
const EXIT_INTERRUPTED = 130

/** `npm run demo`. See docs/guides/demo.md. */
async function run(): Promise<void> {
  const options = commandLine()
  const cleanup = new Cleanup()
  let isUp = false
  const interrupt = (): void => {
    if (!cleanup.hasStarted) {
      process.stdout.write("\nStopping …\n")
    }
    void cleanup.run().then(() => {
      process.exit(isUp ? 0 : EXIT_INTERRUPTED)
    })
  }
  process.on("SIGINT", interrupt)
  process.on("SIGTERM", interrupt)
  whenOrphaned(interrupt)

  try {
    await requireFreePort(options.port)
    process.env.LOG_LEVEL ||= "error"
    process.env.MEDUSA_DISABLE_TELEMETRY = "true"
    // Only now: Medusa takes seconds to load, and reads the environment then.
    const { demo } = createRequire(__filename)("./demo") as typeof Demo
    await demo(options, cleanup)
  } catch (error) {
    if (cleanup.hasStarted) {
      return // Interrupted: what breaks now breaks because of that.
    }
    process.stderr.write(`\n✗ ${message(error)}\n`)
    await cleanup.run()
    process.exit(1)
  }
  if (options.once) {
    await cleanup.run()
    process.exit(0)
  }
  isUp = true
}

/** npm ends on SIGTERM without telling us: its shell takes the signal. */
function whenOrphaned(stop: () => void): void {
  if (!process.env.npm_lifecycle_event) {
    return
  }
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) {
      stop()
    }
  }, 500).unref()
}

function commandLine(): DemoOptions {
  try {
    const options = parseCommandLine(process.argv.slice(2), process.env)
    if (!options.help) {
      return options
    }
    process.stdout.write(HELP)
    process.exit(0)
  } catch (error) {
    if (!(error instanceof UsageError)) {
      throw error
    }
    process.stderr.write(`${error.message}\n\n${HELP}`)
    process.exit(EXIT_USAGE)
  }
}

function message(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error)
  }
  return process.env.LOG_LEVEL === "debug"
    ? (error.stack ?? error.message)
    : error.message
}

void run()
