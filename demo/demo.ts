import fs from "node:fs"
import path from "node:path"

import { migrateSearch } from "../integration-tests/helpers/migrate"
import type { Cleanup } from "./cleanup"
import type { DemoOptions } from "./cli"
import { openMails } from "./mails"
import { print, step, Story } from "./print"
import { playScenario } from "./scenario"
import { linkIntoAccount } from "./scenario/portal-access"
import { signIn, type DemoCustomer } from "./scenario/customer"
import { sdk, type Stage } from "./scenario/stage"
import { EUROPE, seedStore, UNITED_STATES, type StoreSeed } from "./seed"
import { loadDemoStore } from "./store/boot"
import { openDatabase } from "./store/database"
import { setEnvironment } from "./store/environment"
import { migrateDatabase } from "./store/migrate-database"
import { openStripe } from "./stripe"

/** Starts the store, plays the scenario if it is new, and leaves the store up. */
export async function demo(
  options: DemoOptions,
  cleanup: Cleanup
): Promise<void> {
  const started = Date.now()
  const realStripe = Boolean(process.env.STRIPE_API_KEY)
  const database = await step(
    process.env.DATABASE_URL
      ? "Using the database of DATABASE_URL"
      : "Starting PostgreSQL, data in .demo",
    () => openDatabase({ reset: options.reset, realStripe }, cleanup)
  )
  if (!database.isEmbedded) {
    print("  It gets demo data, and its test clock is set: use one of its own.")
  }
  const stripe = await openStripe(database.home, cleanup)
  const mails = openMails(database.home, cleanup)
  setEnvironment({
    port: options.port,
    databaseUrl: database.url,
    services: { ...stripe.env, ...mails.env },
    admin: !options.once,
  })
  await step("Migrating the database", () => migrateDatabase(cleanup))
  const store = await step(
    options.once ? "Loading the store" : "Loading the store and its admin",
    () => loadDemoStore(cleanup)
  )
  const seed = await step("Seeding products, prices, stock", async () => {
    await migrateSearch(store.container)
    return seedStore(store.container, { markets: [EUROPE, UNITED_STATES] })
  })
  await store.listen(options.port)

  const baseUrl = `http://localhost:${options.port}`
  const admin = sdk(baseUrl)
  await admin.auth.login("user", "emailpass", seed.admin)
  const stage: Stage = {
    baseUrl,
    shop: sdk(baseUrl, seed.publishableKey),
    admin,
    seed,
    stripe,
    mails,
    story: new Story(),
  }

  const file = path.join(database.home, "story.json")
  const told = options.once ? undefined : await readTold(file, stage)
  if (told) {
    print("\nPlayed at an earlier start (--reset plays it anew):\n")
    told.lines.forEach((line) => {
      print(line)
    })
  }
  const customer = told?.customer ?? (await playScenario(stage))
  if (!told) {
    const account: Told = { lines: stage.story.lines, customer }
    fs.writeFileSync(file, JSON.stringify(account, null, 2))
    stripe.save?.()
    print("\n✓ Everything above was checked while it happened.")
  }
  print(`  Ready after ${Math.round((Date.now() - started) / 1000)} s.`)
  if (!options.once) {
    const mailsUrl = await mails.serve(
      options.port === 65_535 ? 0 : options.port + 1
    )
    const link = await linkIntoAccount(stage, customer).catch(() => null)
    describeStore({
      link,
      baseUrl,
      mailsUrl,
      seed,
      customer,
    })
  }
}

type Told = { lines: string[]; customer: DemoCustomer }

/** The account of an earlier run, if this database still is what it tells of. */
async function readTold(file: string, stage: Stage): Promise<Told | undefined> {
  if (!fs.existsSync(file)) {
    return undefined
  }
  const told = JSON.parse(fs.readFileSync(file, "utf8")) as Told
  try {
    await signIn(stage, told.customer)
    return told
  } catch {
    return undefined
  }
}

function describeStore({
  link,
  baseUrl,
  mailsUrl,
  seed,
  customer,
}: {
  /** A link into the customer's account. */
  link: string | null
  baseUrl: string
  mailsUrl: string
  seed: StoreSeed
  customer: DemoCustomer
}): void {
  print()
  print("The store stays up. Ctrl-C stops it; the data stays in .demo.")
  print()
  print(`   Admin      ${baseUrl}/app`)
  print(`              ${seed.admin.email} / ${seed.admin.password}`)
  print("              The first page takes up to a minute: it is built then.")
  print(`   Store API  ${baseUrl}/store`)
  print(`              x-publishable-api-key: ${seed.publishableKey}`)
  print(`   Mails      ${mailsUrl}`)
  print(`   Clara      ${customer.email} / ${customer.password}`)
  if (link) {
    print("              or, once, within ten minutes:")
    print(`              ${link}`)
  }
  print()
  print("   More to try: docs/guides/demo.md")
}
