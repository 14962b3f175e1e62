import type { SubscriptionMetricsResponse } from "../../src/types"
import {
  adminClient,
  makeSubscriptions,
  ok,
  portalTest,
  registerCustomer,
  runJob,
  saveCard,
  setClock,
  STRIPE_PROVIDER,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { createStripeClient } from "../helpers/payment-stripe-loopback/stripe-client"
import { ALL_ACTIONS } from "../helpers/subscription-rows"
import { ACTS, OFFER } from "./support/year/acts"
import {
  monthly,
  openAccount,
  runDay,
  type Account,
} from "./support/year/ledger"
import {
  DAYS,
  drawLives,
  evening,
  morning,
  type Happening,
  type Life,
} from "./support/year/script"

/** Lives are the same for the same number; change it to look elsewhere. */
const SEED = Number(process.env.YEAR_SEED ?? 20260201)
const SUBSCRIPTIONS = Number(process.env.YEAR_SIZE ?? 500)
/** The days between are filled from the timelines. */
const SNAPSHOT_DAYS = 20
/** Of the prices of the seeded store in euro, in percent. */
const TAX = 19
const CUSTOMERS = Math.ceil(SUBSCRIPTIONS / 10)

type Subscriber = {
  id: string
  customer: TestCustomer
  card: string
  account: Account
  life: Life
}

portalTest({
  stripe: true,
  testSuite: (app) => {
    it(`charges ${SUBSCRIPTIONS} subscriptions in a year what the ledger says (seed ${SEED})`, async () => {
      const admin = await adminClient(app)
      await setClock(admin, new Date(morning(0)))
      const subscribers = await subscribe()
      const byDay = happeningsByDay(subscribers)

      const ran = { paid: 0, acts: 0 }
      for (let day = 0; day < DAYS; day += 1) {
        const today = byDay.get(day) ?? []
        if (today.length) {
          await setClock(admin, new Date(morning(day)))
          ran.acts += await act(today, morning(day))
        }
        const before = payments(subscribers)
        for (const { account } of subscribers) {
          runDay(account, evening(day))
        }
        await setClock(admin, new Date(evening(day)))
        const { counts } = await runJob<{ counts: Record<string, number> }>(
          admin,
          "renew-subscriptions"
        )
        const expected = payments(subscribers) - before
        expect({ day, paid: counts.paid }).toEqual({ day, paid: expected })
        ran.paid += expected
        if (day % SNAPSHOT_DAYS === 0 || day === DAYS - 1) {
          await runJob(admin, "snapshot-subscriptions")
        }
      }

      // It was a year in which something happened.
      expect(ran.paid).toBeGreaterThan(SUBSCRIPTIONS * 2)
      expect(ran.acts).toBeGreaterThan(SUBSCRIPTIONS / 2)
      await expectBooks(subscribers)
      await expectMetrics(admin, subscribers)
    }, 1_800_000)

    async function subscribe(): Promise<Subscriber[]> {
      const customers: TestCustomer[] = []
      for (let index = 0; index < CUSTOMERS; index += 1) {
        customers.push(await registerCustomer(app))
      }
      const holders = new Map<string, { id: string; external: string }>()
      for (const customer of customers) {
        const { accountHolderId } = await saveCard(app, customer)
        const [holder] = await app.db<{ external_id: string }>(
          "select external_id from account_holder where id = ?",
          [accountHolderId]
        )
        holders.set(customer.id, {
          id: accountHolderId,
          external: holder?.external_id ?? "",
        })
      }
      const stripe = createStripeClient(app.stripe().url)
      const subscribers: Subscriber[] = []
      for (const [index, life] of drawLives({
        seed: SEED,
        count: SUBSCRIPTIONS,
      }).entries()) {
        const customer = customers[index % customers.length]
        const holder = holders.get(customer?.id ?? "")
        if (!customer || !holder) {
          throw new Error("No customer")
        }
        // A card of its own: what it paid is what the subscription paid.
        const { id: card } = await stripe.paymentMethods.attach(
          "pm_card_visa",
          { customer: holder.external }
        )
        const { contract } = life
        const [made] = await makeSubscriptions(app, {
          sku: "COURSE-EN",
          customer,
          provider: STRIPE_PROVIDER,
          payment: { accountHolderId: holder.id, paymentMethodId: card },
          startedAt: new Date(contract.anchor).toISOString(),
          quantity: contract.quantity,
          unitPrice: contract.unitPrice / 100,
          shippingOptionId: null,
          plan: {
            interval: contract.rhythm.unit,
            interval_count: contract.rhythm.count,
            max_cycles: contract.maxCycles,
            customer_actions: ALL_ACTIONS,
            retention_offers: [OFFER],
          },
        })
        subscribers.push({
          id: made?.id ?? "",
          customer,
          card,
          life,
          account: openAccount(contract),
        })
      }
      return subscribers
    }

    /** What people do in the morning, side by side as far as they differ. */
    async function act(
      today: { who: Subscriber; what: Happening[] }[],
      now: number
    ): Promise<number> {
      const done = await Promise.all(
        today.map(async ({ who, what }) => {
          let acts = 0
          for (const one of what) {
            acts += await happen(who, one, now)
          }
          return acts
        })
      )
      return done.reduce((sum, acts) => sum + acts, 0)
    }

    async function happen(
      { id, customer, card, account }: Subscriber,
      one: Happening,
      now: number
    ): Promise<number> {
      if ("card" in one) {
        account.card = { ...one.card }
        setCard(card, account)
        return 0
      }
      const call = ACTS[one.act]?.(account, now, one.draw)
      if (!call) {
        return 0
      }
      if (one.act === "payUp") {
        account.card = { declines: 0, isHard: false }
        setCard(card, account)
      }
      await post(customer.api, id, call)
      call.book()
      return 1
    }

    async function post(
      api: HttpClient,
      id: string,
      { action, body }: { action: string; body: Record<string, unknown> }
    ): Promise<void> {
      ok(await api.post(`/store/portal/subscriptions/${id}/${action}`, body))
    }

    function setCard(id: string, { card }: Account): void {
      app
        .stripe()
        .setCardBehaviour(
          id,
          card.isHard
            ? { decline: "stolen_card" }
            : card.declines
              ? { decline: "insufficient_funds", declineTimes: card.declines }
              : {}
        )
    }

    /** The store's cycles and orders, and Stripe's money, against the ledger. */
    async function expectBooks(subscribers: Subscriber[]): Promise<void> {
      const cycles = await app.db<{
        subscription_id: string
        period_index: number
        amount: string
      }>(
        `select subscription_id, period_index, amount::text as amount
           from portal_subscription_cycle c
           join "order" o on o.id = c.order_id
          where c.status = 'completed' and c.sequence > 0
          order by c.sequence`
      )
      const statuses = new Map(
        (
          await app.db<{ id: string; status: string; parked_at: Date | null }>(
            "select id, status, parked_at from portal_subscription"
          )
        ).map((row) => [row.id, row.parked_at ? "parked" : row.status])
      )
      const taken = new Map<string, number[]>()
      for (const intent of app.stripe().succeededIntents()) {
        const method = String(intent.payment_method)
        taken.set(method, [
          ...(taken.get(method) ?? []),
          intent.amount_received,
        ])
      }
      const wrong = subscribers
        .map(({ id, card, account, life }) => {
          const expected = {
            status: account.status,
            paid: account.paid,
            stripe: account.paid.map(({ amount }) => amount),
          }
          const found = {
            status: statuses.get(id),
            paid: cycles
              .filter(({ subscription_id }) => subscription_id === id)
              .map(({ period_index, amount }) => ({
                period: period_index,
                amount: Math.round(Number(amount) * 100),
              })),
            stripe: taken.get(card) ?? [],
          }
          return JSON.stringify(found) === JSON.stringify(expected)
            ? null
            : { id, expected, found, life }
        })
        .filter((one) => one !== null)
      expect(wrong).toEqual([])
      const orders = await app.db<{ n: number }>(
        `select count(*)::int as n from "order"`
      )
      expect(orders).toEqual([{ n: payments(subscribers) }])
    }

    /** The merchant's figures of the year against those of the ledger. */
    async function expectMetrics(
      admin: HttpClient,
      subscribers: Subscriber[]
    ): Promise<void> {
      const range = [0, DAYS - 1].map((day) =>
        new Date(morning(day)).toISOString().slice(0, 10)
      )
      const { metrics } = ok(
        await admin.get<SubscriptionMetricsResponse>(
          `/admin/subscriptions/metrics?from=${range[0]}&to=${range[1]}&currency_code=eur`
        )
      )
      const accounts = subscribers.map(({ account }) => account)
      const count = (...statuses: Account["status"][]) =>
        accounts.filter(({ status }) => statuses.includes(status)).length
      expect(metrics.subscriptions).toMatchObject({
        start: accounts.length,
        end: count("active", "past_due", "paused"),
        new: 0,
        canceled: count("canceled", "expired"),
        active: count("active"),
        past_due: count("past_due"),
        paused: count("paused"),
      })
      const sum = (amounts: number[]) =>
        amounts.reduce((total, amount) => total + amount, 0) / 100
      const recovered = accounts.flatMap((account) => account.recovered)
      expect(metrics.recovery).toMatchObject({
        failed_charges: accounts.reduce((n, { failures }) => n + failures, 0),
        recovered_charges: recovered.length,
      })
      expect(metrics.recovery.recovered_amount).toBeCloseTo(sum(recovered), 2)
      const counted = accounts.filter(({ status }) =>
        ["active", "past_due"].includes(status)
      )
      // The purchases have no orders here that a rate of tax could be read from:
      // before the first charge was priced, the prices stand as they are.
      const net = (account: Account) =>
        monthly(account) /
        (account.paid.length || account.failures ? 1 + TAX / 100 : 1)
      expect(metrics.mrr.end).toBeCloseTo(sum(counted.map(net)), 1)
      const { start, end, expansion, reactivation, contraction, churned } =
        metrics.mrr
      expect(
        start +
          metrics.mrr.new +
          reactivation +
          expansion -
          contraction -
          churned
      ).toBeCloseTo(end, 1)
    }
  },
})

const payments = (subscribers: Subscriber[]) =>
  subscribers.reduce((sum, { account }) => sum + account.paid.length, 0)

function happeningsByDay(subscribers: Subscriber[]) {
  const byDay = new Map<number, { who: Subscriber; what: Happening[] }[]>()
  for (const who of subscribers) {
    const days = new Set(who.life.happenings.map(({ day }) => day))
    for (const day of days) {
      const what = who.life.happenings.filter((one) => one.day === day)
      byDay.set(day, [...(byDay.get(day) ?? []), { who, what }])
    }
  }
  return byDay
}
