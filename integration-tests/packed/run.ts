/**
 * The packed smoke test: the tarball in a fresh Medusa store. Builds and packs
 * the plugin, installs it as a merchant would, builds the store, migrates an
 * empty database, starts, and calls a few routes.
 */
import { execFileSync, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"

import { freePort, startPostgres } from "../helpers/postgres"
import { run, stop } from "./processes"
import { ROUTES, type SmokeRoute } from "./routes"
import { writeStore } from "./store-files"

const ROOT = path.resolve(__dirname, "../..")
const ADMIN = { email: "admin@example.com", password: "correct-horse-7" }

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(
    path.join(os.tmpdir(), "customer-portal-store-")
  )
  try {
    const tarball = pack(folder)
    const store = path.join(folder, "store")
    fs.mkdirSync(store)
    writeStore(store, tarball, manifest())
    await step("npm install", async () =>
      run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], {
        cwd: store,
      })
    )
    await smoke(store)
    console.log("packed: the plugin works in a fresh store")
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function manifest(): Parameters<typeof writeStore>[2] {
  const file = path.join(ROOT, "package.json")
  return JSON.parse(fs.readFileSync(file, "utf8")) as ReturnType<
    typeof manifest
  >
}

function pack(folder: string): string {
  const npm = (...args: string[]): string =>
    execFileSync("npm", args, {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    })
  // Always: a build from before the last change would prove nothing.
  npm("run", "build")
  const packed = JSON.parse(
    npm("pack", "--json", "--ignore-scripts", "--pack-destination", folder)
  ) as [{ filename: string }]
  return path.join(folder, packed[0].filename)
}

async function smoke(store: string): Promise<void> {
  const postgres = await startPostgres()
  try {
    await postgres.createDatabase("store")
    const port = await freePort()
    const env = {
      ...withoutOurs(process.env),
      NODE_ENV: "production",
      PORT: String(port),
      DATABASE_URL: postgres.url("store"),
      JWT_SECRET: secret(),
      COOKIE_SECRET: secret(),
      AUTH_MFA_ENCRYPTION_KEY: secret(),
      LOG_LEVEL: "warn",
      MEDUSA_DISABLE_TELEMETRY: "true",
    }
    const cli = path.join(store, "node_modules/@medusajs/cli/cli.js")
    const built = path.join(store, ".medusa/server")
    const medusa = async (cwd: string, ...args: string[]): Promise<void> =>
      step(`medusa ${args[0]}`, async () =>
        run(process.execPath, [cli, ...args], { cwd, env })
      )

    await medusa(store, "build")
    await medusa(built, "db:migrate")
    const { email, password } = ADMIN
    await medusa(built, "user", "--email", email, "--password", password)

    const server = spawn(process.execPath, [cli, "start"], {
      cwd: built,
      env,
      stdio: ["ignore", "inherit", "inherit"],
    })
    try {
      const base = `http://localhost:${port}`
      await step("medusa start", async () =>
        healthy(base, () => server.exitCode)
      )
      await callRoutes(base)
    } finally {
      await stop(server)
    }
  } finally {
    await postgres.stop()
  }
}

/** What the developer's own shell or `.env` sets must not reach the store. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours =
    /^(DATABASE_|REDIS_|STRIPE_|RESEND_|PORTAL_|MEDUSA_|ADMIN_DISABLED|TS_NODE|npm_)/
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !ours.test(name))
  )
}

async function healthy(
  base: string,
  exitCode: () => number | null
): Promise<void> {
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline) {
    if (exitCode() !== null) {
      throw new Error(`the store ended with ${exitCode()}`)
    }
    const answer = await fetch(`${base}/health`).catch(() => undefined)
    if (answer?.ok) {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error("the store did not become healthy in two minutes")
}

async function callRoutes(base: string): Promise<void> {
  const { token } = await post<{ token: string }>(
    `${base}/auth/user/emailpass`,
    ADMIN
  )
  const bearer = { authorization: `Bearer ${token}` }
  const { api_key: key } = await post<{ api_key: { token: string } }>(
    `${base}/admin/api-keys`,
    { title: "Shop", type: "publishable" },
    bearer
  )
  const headers: Record<SmokeRoute["as"], Record<string, string>> = {
    visitor: { "x-publishable-api-key": key.token },
    admin: bearer,
  }
  const failures: string[] = []
  for (const route of ROUTES) {
    const answer = await fetch(base + route.path, {
      headers: headers[route.as],
    })
    const text = await answer.text()
    const name = `GET ${route.path} as ${route.as}`
    console.log(`${name}: ${answer.status} ${text.slice(0, 200)}`)
    if (answer.status !== route.status || !fits(route, text)) {
      failures.push(`${name}: ${answer.status} ${text.slice(0, 1000)}`)
    }
  }
  if (failures.length > 0) {
    throw new Error(`unexpected answers:\n${failures.join("\n")}`)
  }
}

function fits(route: SmokeRoute, text: string): boolean {
  try {
    return route.body(JSON.parse(text) as Record<string, unknown>)
  } catch {
    return false
  }
}

async function post<Body>(
  url: string,
  body: unknown,
  headers: Record<string, string> = {}
): Promise<Body> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  })
  if (!answer.ok) {
    throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`)
  }
  return (await answer.json()) as Body
}

async function step(name: string, action: () => Promise<void>): Promise<void> {
  const start = Date.now()
  await action()
  console.log(
    `packed: ${name} took ${Math.round((Date.now() - start) / 1000)}s`
  )
}

function secret(): string {
  return randomBytes(32).toString("hex")
}
