import { parseArgs } from "node:util"

export type DemoOptions = {
  /** Play the scenario and end. */
  once: boolean
  /** Forget everything first. */
  reset: boolean
  port: number
  help: boolean
}

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {}

const DEFAULT_PORT = 9000

export const HELP = `Usage: npm run demo -- [options]

Starts a store with subscriptions, plays five months of a subscription over HTTP,
says what happened, and stays up. The data is kept in .demo.

  --once         play the scenario, then stop; exits with 0 or 1
  --reset        forget the data of earlier runs first
  --port <n>     port of the store (default: PORT, else ${DEFAULT_PORT})
  --help         this text

Environment:
  DATABASE_URL   a PostgreSQL database of its own, instead of the embedded one
  STRIPE_API_KEY a secret key of Stripe's test mode (sk_test_…), instead of
                 the local double
  LOG_LEVEL      how much Medusa says (default: error)
`

/**
 * Reads the command line.
 *
 * @throws UsageError for what it does not know
 */
export function parseCommandLine(
  args: string[],
  env: NodeJS.ProcessEnv
): DemoOptions {
  const values = read(args)
  const options = {
    once: values.once ?? false,
    reset: values.reset ?? false,
    help: values.help ?? false,
    port: port(values.port ?? env.PORT),
  }
  if (options.reset && env.DATABASE_URL) {
    throw new UsageError(
      "--reset does not empty the database of DATABASE_URL. Create a new one " +
        "and name that."
    )
  }
  if (env.STRIPE_API_KEY && !/^(sk|rk)_test_/.test(env.STRIPE_API_KEY)) {
    throw new UsageError(
      "STRIPE_API_KEY must be a key of Stripe's test mode (sk_test_…): the demo " +
        "pays with test cards."
    )
  }
  return options
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        once: { type: "boolean" },
        reset: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        port: { type: "string" },
      },
    }).values
  } catch (error) {
    const [sentence] = (error as Error).message.split(". ")
    throw new UsageError(`${sentence}.`, { cause: error })
  }
}

function port(text: string | undefined): number {
  const value = text ? Number(text) : DEFAULT_PORT
  if (!Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new UsageError(`The port must be 1 to 65535, not "${text}".`)
  }
  return value
}
