import fs from "node:fs"
import path from "node:path"

import {
  ContainerRegistrationKeys,
  defineConfig,
  Modules,
} from "@medusajs/framework/utils"

/**
 * The store that development, the demo and the tests run. Medusa loads `./src`
 * as the project's own plugin, so the API, workflows, jobs, subscribers and
 * links come from TypeScript source; the modules are listed here.
 *
 * A merchant's configuration needs none of this: see the README.
 */
const env = process.env
const isTest = env.NODE_ENV === "test"
const isProduction = env.NODE_ENV === "production"
const secret = isProduction ? undefined : "portal-development-secret"
const stripeDouble = env.STRIPE_DOUBLE_URL
  ? new URL(env.STRIPE_DOUBLE_URL)
  : undefined

/** What a merchant writes as the plugin's options. */
const { stripe, ...otherOptions } = JSON.parse(
  env.PORTAL_OPTIONS ?? "{}"
) as Record<string, unknown> & { stripe?: Record<string, unknown> }
const portalOptions = {
  testClock: !isProduction,
  stripe: {
    ...(stripeDouble && {
      host: stripeDouble.hostname,
      port: Number(stripeDouble.port),
      protocol: stripeDouble.protocol.replace(":", ""),
    }),
    ...stripe,
  },
  ...otherOptions,
}

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: env.DATABASE_URL,
    databaseDriverOptions: databaseDriverOptions(),
    redisUrl: env.REDIS_URL,
    workerMode: workerMode(),
    http: {
      storeCors: env.STORE_CORS ?? "http://localhost:8000",
      adminCors: env.ADMIN_CORS ?? "http://localhost:9000",
      authCors: env.AUTH_CORS ?? "http://localhost:8000,http://localhost:9000",
      jwtSecret: env.JWT_SECRET ?? secret,
      cookieSecret: env.COOKIE_SECRET ?? secret,
    },
  },
  admin: {
    disable: env.ADMIN_DISABLED === "true" || isTest,
  },
  modules: [
    ...portalModules(),
    {
      resolve: "@medusajs/medusa/auth",
      dependencies: [Modules.CACHE, ContainerRegistrationKeys.LOGGER],
      options: {
        mfa: { encryption_key: env.AUTH_MFA_ENCRYPTION_KEY ?? secret },
        providers: [
          { resolve: "@medusajs/medusa/auth-emailpass", id: "emailpass" },
        ],
      },
    },
    {
      resolve: "@medusajs/medusa/payment",
      options: { providers: paymentProviders() },
    },
    {
      resolve: "@medusajs/medusa/notification",
      options: { providers: notificationProviders() },
    },
    ...redisModules(),
  ],
})

/** Every folder of `src/modules`, with the options of the plugin. */
function portalModules() {
  const folder = path.join(__dirname, "src", "modules")
  if (!fs.existsSync(folder)) {
    return []
  }
  return fs
    .readdirSync(folder)
    .filter((name) => fs.existsSync(path.join(folder, name, "index.ts")))
    .sort()
    .map((name) => ({
      resolve: `./src/modules/${name}`,
      options: { ...portalOptions },
    }))
}

/** Stripe's double if there is one, else Stripe if there is a key. */
function paymentProviders() {
  if (stripeDouble) {
    const more = JSON.parse(env.STRIPE_DOUBLE_PROVIDERS ?? "{}") as Record<
      string,
      string
    >
    return Object.entries({ stripe: "sk_test_double", ...more }).map(
      ([id, apiKey]) => ({
        resolve: local("integration-tests/helpers/payment-stripe-loopback"),
        id,
        options: {
          apiKey,
          webhookSecret: id === "stripe" ? "whsec_double" : `whsec_${id}`,
          capture: true,
          url: env.STRIPE_DOUBLE_URL,
        },
      })
    )
  }
  if (env.STRIPE_API_KEY) {
    return [
      {
        resolve: "@medusajs/medusa/payment-stripe",
        id: "stripe",
        options: {
          apiKey: env.STRIPE_API_KEY,
          webhookSecret: env.STRIPE_WEBHOOK_SECRET,
          capture: true,
        },
      },
    ]
  }
  return []
}

/**
 * In tests a provider that keeps what it is given, see the mailbox helper; in
 * the demo one whose mails are read on a page. Else Resend if there is a key.
 */
function notificationProviders() {
  // No test ever sends a mail with a developer's own key.
  const usesResend = isTest ? env.RESEND_BASE_URL : !env.DEMO_MAILS
  if (usesResend && env.RESEND_API_KEY) {
    return [
      {
        resolve: local("src/providers/notification-resend"),
        id: "resend",
        options: {
          channels: ["email"],
          apiKey: env.RESEND_API_KEY,
          from: env.RESEND_FROM,
        },
      },
      localProvider("@medusajs/medusa/notification-local", ["feed"]),
    ]
  }
  const provider = isTest
    ? local("integration-tests/helpers/mailbox/provider")
    : env.DEMO_MAILS
      ? local("demo/mails/provider")
      : "@medusajs/medusa/notification-local"
  return [localProvider(provider, ["email", "feed"])]
}

function localProvider(resolve: string, channels: string[]) {
  return { resolve, id: "local", options: { name: "Local", channels } }
}

function redisModules() {
  if (!env.REDIS_URL) {
    return []
  }
  const redis = { redisUrl: env.REDIS_URL }
  return [
    { resolve: "@medusajs/medusa/event-bus-redis", options: redis },
    { resolve: "@medusajs/medusa/workflow-engine-redis", options: { redis } },
    {
      resolve: "@medusajs/medusa/locking",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/locking-redis",
            id: "locking-redis",
            is_default: true,
            options: redis,
          },
        ],
      },
    },
  ]
}

/** Medusa insists on TLS for every host that is not called "localhost". */
function databaseDriverOptions() {
  const host = env.DATABASE_URL ? new URL(env.DATABASE_URL).hostname : ""
  const isLocal = ["", "localhost", "127.0.0.1", "[::1]"].includes(host)
  return isLocal ? { connection: { ssl: false } } : undefined
}

function workerMode(): "shared" | "worker" | "server" {
  const mode = env.MEDUSA_WORKER_MODE
  return mode === "worker" || mode === "server" ? mode : "shared"
}

function local(file: string): string {
  return path.join(__dirname, file)
}
