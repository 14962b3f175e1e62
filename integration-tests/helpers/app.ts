import { randomBytes } from "node:crypto"
import path from "node:path"

import { JobLoader } from "@medusajs/framework/jobs"
import type { MedusaContainer } from "@medusajs/framework/types"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"

import type { StoreSeed } from "../../demo/seed"
import { httpClient, type HttpClient } from "./http"
import { mails } from "./mailbox/store"
import { findSecrets, recordLogs } from "./secret-scan"
import { startStripe, unexpectedViolations, type StripeDouble } from "./stripe"
import { createFromTemplate, TEMPLATE } from "./template-database"
import { stopWorkers } from "./worker"

const ROOT = path.resolve(__dirname, "../..")

export type PortalTestInput = {
  /** The plugin's options, on top of those of `medusa-config.ts`. */
  options?: Record<string, unknown>
  /** Environment variables while the store runs. */
  env?: Record<string, string>
  /**
   * Start Stripe's double and take payments with it. Default: false. With more
   * providers, by id, each with the secret key of its account: `sk_test_<id>` is
   * an account of its own, `sk_test_double` the first one's.
   */
  stripe?: boolean | Record<string, string>
  /** Let jobs run on their schedule. Default: false; tests run them by name. */
  schedules?: boolean
  /**
   * Whether the database has to be put back before the next test. Default: always.
   * For files of many tests of which hardly any writes: putting it back takes longer
   * than such a test.
   */
  restoreWhen?: (app: PortalTestApp) => Promise<boolean>
  testSuite: (app: PortalTestApp) => void
}

/** What a suite works with. Usable in hooks and tests, not while describing. */
export type PortalTestApp = {
  /** HTTP without any header. */
  api: HttpClient
  /** HTTP with the publishable key, as a storefront calls. */
  store: HttpClient
  /** Ids of what the template database holds. */
  seed: StoreSeed
  baseUrl(): string
  databaseUrl(): string
  container(): MedusaContainer
  stripe(): StripeDouble
  /** Runs SQL with `?` placeholders and answers the rows. */
  db<Row = Record<string, unknown>>(
    sql: string,
    bindings?: unknown[]
  ): Promise<Row[]>
  /** The environment of a second process on the same database. */
  processEnv(): Record<string, string>
}

/**
 * Boots the store of `medusa-config.ts` on a clone of the migrated and seeded
 * database. One boot a file: put as much as is sensible into one. Before each
 * test the database is put back to what it was after the suite's `beforeAll`.
 */
export function portalTest(input: PortalTestInput): void {
  const dbName = `portal_${randomBytes(6).toString("hex")}`
  const env: Record<string, string> = {
    ...input.env,
    ...(input.options && { PORTAL_OPTIONS: JSON.stringify(input.options) }),
  }
  let stripe: StripeDouble | undefined
  let restoreEnv = (): void => undefined

  beforeAll(async () => {
    // The runner takes a database that exists and finds nothing to migrate.
    await createFromTemplate(dbName, TEMPLATE)
    if (input.stripe) {
      const more = input.stripe === true ? {} : input.stripe
      stripe = await startStripe(Object.keys(more))
      env.STRIPE_DOUBLE_URL = stripe.url
      env.STRIPE_DOUBLE_PROVIDERS = JSON.stringify(more)
    }
    // Here and not through the runner, which reads the configuration first.
    restoreEnv = setEnv(env)
    if (!input.schedules) {
      jest.spyOn(JobLoader.prototype, "load").mockResolvedValue()
    }
  })
  beforeAll(recordLogs)
  beforeEach(() => {
    mails().length = 0
  })
  afterEach(stopWorkers)
  afterEach(() => {
    // Whatever a test is about: Stripe would have refused such a request.
    // No `expect`, which a test that counts its assertions would count.
    const violations = stripe ? unexpectedViolations(stripe) : []
    if (violations.length) {
      throw new Error(`Stripe would refuse: ${JSON.stringify(violations)}`)
    }
  })
  afterAll(async () => {
    await stripe?.close()
    restoreEnv()
  })

  let current: PortalTestApp | undefined
  const isWritten = async () =>
    !input.restoreWhen || (await input.restoreWhen(must(current, "No suite")))
  const suite: Parameters<typeof medusaIntegrationTestRunner>[0] = {
    dbName,
    cwd: ROOT,
    medusaConfigFile: ROOT,
    testSuite: (runner) => {
      const app = appOf(runner, env, () => stripe)
      current = app
      // Before the runner puts the database back.
      afterEach(async () => {
        const found = await findSecrets((sql, bindings) =>
          app.db(sql, bindings)
        )
        if (found.length) {
          throw new Error(`A secret in clear: ${found.join("; ")}`)
        }
      })
      input.testSuite(app)
    },
  }
  restoringWhen(isWritten, () => medusaIntegrationTestRunner(suite))
}

/**
 * Registers the runner's hooks so that the one that puts the database back, which is
 * its only one before each test, does so only when it must. Before the first test it
 * makes the copy to go back to.
 */
function restoringWhen(
  isNeeded: () => Promise<boolean>,
  register: () => void
): void {
  const original = globalThis.beforeEach
  let hooks = 0
  let runs = 0
  globalThis.beforeEach = (hook, timeout) => {
    hooks += 1
    if (hooks > 1) {
      original(hook, timeout)
      return
    }
    original(async () => {
      runs += 1
      if (runs === 1 || (await isNeeded())) {
        await (hook as () => Promise<void>)()
      }
    }, timeout)
  }
  try {
    register()
  } finally {
    globalThis.beforeEach = original
  }
}

/** The part of the runner's options that we use. */
type Runner = {
  api: { defaults?: { baseURL?: string } }
  dbConnection: {
    raw(sql: string, bindings: unknown[]): Promise<{ rows: unknown[] }>
  }
  dbConfig: { clientUrl: string }
  getContainer(): MedusaContainer
}

function appOf(
  runner: Runner,
  env: Record<string, string>,
  stripe: () => StripeDouble | undefined
): PortalTestApp {
  const seed = JSON.parse(process.env.PORTAL_SEED ?? "{}") as StoreSeed
  const baseUrl = (): string =>
    must(runner.api.defaults?.baseURL, "The store has not been started")
  const api = httpClient(baseUrl)
  const databaseUrl = (): string => runner.dbConfig.clientUrl

  return {
    api,
    store: api.with({ "x-publishable-api-key": seed.publishableKey }),
    seed,
    baseUrl,
    databaseUrl,
    container: () => runner.getContainer(),
    stripe: () => must(stripe(), "portalTest was called without stripe: true"),
    async db<Row>(sql: string, bindings: unknown[] = []): Promise<Row[]> {
      return (await runner.dbConnection.raw(sql, bindings)).rows as Row[]
    },
    processEnv: () => ({ ...env, DATABASE_URL: databaseUrl() }),
  }
}

function setEnv(env: Record<string, string>): () => void {
  const before = Object.keys(env).map((key) => [key, process.env[key]] as const)
  Object.assign(process.env, env)
  return () => {
    for (const [key, value] of before) {
      if (value === undefined) {
        delete process.env[key]
      } else {
        process.env[key] = value
      }
    }
  }
}

function must<T>(value: T | undefined, message: string): T {
  if (value === undefined) {
    throw new Error(message)
  }
  return value
}
