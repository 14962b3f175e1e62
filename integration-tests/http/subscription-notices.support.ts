import { Modules } from "@medusajs/framework/utils"

import {
  adminClient,
  mailbox,
  makeSubscriptions,
  ok,
  registerCustomer,
  runJob,
  setClock,
  waitForMail,
  type HttpClient,
  type PortalTestApp,
  type SubscriptionFixture,
  type SubscriptionFixtureInput,
  type TestCustomer,
} from "../helpers"
import { ALL_ACTIONS } from "../helpers/subscription-rows"
import { TWO_TENANTS } from "./tenants.support"

export const PAID_UP = "2026-02-10T09:00:00.000Z"

type Counts = { counts: Record<string, number> }

const [A, B] = TWO_TENANTS.tenants

/** Two brands whose mails can be told apart. */
export const TWO_BRANDS = {
  tenants: [
    { ...A, branding: { name: "Shop A" } },
    { ...B, branding: { name: "Shop B" }, locale: "fr" },
  ],
}

export const subjectOf = (one: { content?: unknown }) =>
  String((one.content as { subject?: string } | undefined)?.subject)

/** Long enough for a mail that must not come. */
export const aMoment = () => new Promise((resolve) => setTimeout(resolve, 400))

/** The events of the event bus go nowhere, until the mocks are restored. */
export function loseEvents(app: PortalTestApp): void {
  const bus = app.container().resolve(Modules.EVENT_BUS) as unknown as {
    eventEmitter_: { emit: (...args: unknown[]) => boolean }
  }
  jest.spyOn(bus.eventEmitter_, "emit").mockReturnValue(true)
}

/** Who would send an event of ours dies there, until the mocks are restored. */
export function dieAtEvents(app: PortalTestApp): void {
  const bus = app.container().resolve(Modules.EVENT_BUS)
  const emit = bus.emit.bind(bus)
  jest.spyOn(bus, "emit").mockImplementation(async (events, options) => {
    if ([events].flat().some(({ name }) => name.startsWith("portal."))) {
      throw new Error("killed")
    }
    await emit(events, options)
  })
}

/** What the tests of notices do again and again, as one customer and an admin. */
export function noticeTools(app: PortalTestApp) {
  let admin: HttpClient
  let anna: TestCustomer

  beforeEach(async () => {
    admin = await adminClient(app)
    anna = await registerCustomer(app)
    await setClock(admin, PAID_UP)
  })

  const subscribe = async (
    input: SubscriptionFixtureInput = {},
    columns: Record<string, string | null> = {}
  ): Promise<SubscriptionFixture> => {
    const [made] = await makeSubscriptions(app, {
      customer: anna,
      ...input,
      plan: { customer_actions: ALL_ACTIONS, ...input.plan },
    })
    if (!made) {
      throw new Error("No subscription was made")
    }
    for (const [column, value] of Object.entries(columns)) {
      await app.db(
        `update portal_subscription set ${column} = ? where id = ?`,
        [value, made.id]
      )
    }
    return made
  }
  const act = async (id: string, action: string, body = {}) =>
    ok(await anna.api.post(`/store/portal/subscriptions/${id}/${action}`, body))
  const jobAt = async (now: string, job: string) => {
    await setClock(admin, now)
    return (await runJob<Counts>(admin, job)).counts
  }
  const renewAt = (now: string) => jobAt(now, "renew-subscriptions")
  const remindAt = (now: string) => jobAt(now, "send-renewal-reminders")
  /** Lets entries look old enough, and sends what nobody has sent. */
  const sweep = async () => {
    await app.db(
      "update portal_subscription_event set created_at = created_at - interval '2 minutes'"
    )
    return (await runJob<Counts>(admin, "settle-unknown-charges")).counts
  }
  const templates = () => mailbox({ to: anna.email }).map((m) => m.template)
  const mail = (template: string) =>
    waitForMail({ to: anna.email, template: `subscription-${template}` })
  const tell = (name: string, id: string) =>
    app.container().resolve(Modules.EVENT_BUS).emit({ name, data: { id } })
  const pending = async () =>
    (
      await app.db<{ type: string }>(
        "select type from portal_subscription_event where notice_pending order by created_at, id"
      )
    ).map(({ type }) => type)

  return {
    admin: () => admin,
    anna: () => anna,
    subscribe,
    act,
    renewAt,
    remindAt,
    sweep,
    templates,
    mail,
    tell,
    pending,
  }
}
