import type { PortalTestApp, SubscriptionFixture } from "../../helpers"

/** What a renewal must have come to. */
export type ExpectedRenewal = {
  /** When the next period starts. Default: a month after the first renewal. */
  nextAt?: string
  /** Status of the subscription. Default: "active". */
  status?: string
}

/** The period after the first renewal of a fixture. */
export const SECOND_RENEWAL = "2026-03-31T10:00:00.000Z"

type Cycle = {
  id: string
  sequence: number
  status: string
  amount: string | null
  attempt: number
  order_id: string | null
  payment_collection_id: string | null
  payment_session_id: string | null
  provider_payment_id: string | null
  due_at: Date
  next_attempt_at: Date | null
}

/**
 * Exactly once, wherever one looks: one captured charge at Stripe, one payment and
 * one capture in Medusa, one order with its books in balance, one reservation a
 * line, one next cycle.
 */
export async function expectRenewedOnce(
  app: PortalTestApp,
  { id, cycleId }: SubscriptionFixture,
  expected: ExpectedRenewal = {}
): Promise<void> {
  const { db } = app
  const cycles = await db<Cycle>(
    `select * from portal_subscription_cycle where subscription_id = ?
     order by sequence`,
    [id]
  )
  const nextAt = new Date(expected.nextAt ?? SECOND_RENEWAL)
  expect(
    cycles.map(({ sequence, status }) => ({ sequence, status }))
  ).toStrictEqual([
    { sequence: 0, status: "completed" },
    { sequence: 1, status: "completed" },
    { sequence: 2, status: "scheduled" },
  ])
  const [, cycle, next] = cycles
  if (!cycle || !next) {
    throw new Error("There are no such cycles")
  }
  expect(cycle.id).toBe(cycleId)
  expect(next).toMatchObject({ due_at: nextAt, next_attempt_at: nextAt })
  const amount = Number(cycle.amount)
  expect(amount).toBeGreaterThan(0)

  expectChargedOnce(app, cycle)
  await expectAttempts(app, cycle)
  await expectPayment(app, cycle, amount)
  await expectOrder(app, id, cycle)

  const [subscription] = await db(
    "select status, parked_at from portal_subscription where id = ?",
    [id]
  )
  expect(subscription).toStrictEqual({
    status: expected.status ?? "active",
    parked_at: null,
  })
  expect(
    await db(
      `select type from portal_subscription_event
       where cycle_id = ? and type = 'renewed'`,
      [cycleId]
    )
  ).toHaveLength(1)
}

function expectChargedOnce(app: PortalTestApp, cycle: Cycle): void {
  const metadata = { portal_subscription_cycle_id: cycle.id }
  const charges = app.stripe().capturedCharges({ metadata })
  expect(charges.map((charge) => charge.amount_captured)).toStrictEqual([
    Math.round(Number(cycle.amount) * 100),
  ])
  const intents = app.stripe().succeededIntents(metadata)
  expect(intents.map((intent) => intent.id)).toStrictEqual([
    cycle.provider_payment_id,
  ])
}

/** Numbered without a gap; the last one succeeded, and it alone. */
async function expectAttempts(
  { db }: PortalTestApp,
  cycle: Cycle
): Promise<void> {
  const attempts = await db<{ attempt: number; status: string }>(
    `select attempt, status, idempotency_key from portal_charge_attempt
     where cycle_id = ? order by attempt`,
    [cycle.id]
  )
  expect(attempts.map(({ attempt }) => attempt)).toStrictEqual(
    Array.from({ length: cycle.attempt }, (_, index) => index + 1)
  )
  expect(
    attempts
      .filter(({ status }) => status === "succeeded")
      .map(({ attempt }) => attempt)
  ).toStrictEqual([cycle.attempt])
}

async function expectPayment(
  { db }: PortalTestApp,
  cycle: Cycle,
  amount: number
): Promise<void> {
  const collection = cycle.payment_collection_id
  const payments = await db<{ id: string; amount: string }>(
    `select id, amount::float, payment_session_id, captured_at is not null as captured
     from payment where payment_collection_id = ?`,
    [collection]
  )
  expect(payments).toStrictEqual([
    {
      id: expect.any(String) as string,
      amount,
      payment_session_id: cycle.payment_session_id,
      captured: true,
    },
  ])
  expect(
    await db("select amount::float from capture where payment_id = ?", [
      payments[0]?.id,
    ])
  ).toStrictEqual([{ amount }])
  expect(
    await db(
      `select status, captured_amount::float, authorized_amount::float
       from payment_collection where id = ?`,
      [collection]
    )
  ).toStrictEqual([
    { status: "completed", captured_amount: amount, authorized_amount: amount },
  ])
}

async function expectOrder(
  { db }: PortalTestApp,
  subscriptionId: string,
  cycle: Cycle
): Promise<void> {
  const orders = await db<{ id: string }>(
    `select id from "order" where metadata->>'portal_subscription_id' = ?`,
    [subscriptionId]
  )
  expect(orders).toStrictEqual([{ id: cycle.order_id }])
  const order = cycle.order_id

  const [summary] = await db<{ totals: Record<string, number> }>(
    "select totals from order_summary where order_id = ?",
    [order]
  )
  expect(summary?.totals).toMatchObject({
    pending_difference: 0,
    paid_total: Number(cycle.amount),
  })
  expect(
    await db("select reference from order_transaction where order_id = ?", [
      order,
    ])
  ).toStrictEqual([{ reference: "capture" }])

  expect(
    await db(
      `select payment_collection_id from order_payment_collection
       where order_id = ? and deleted_at is null`,
      [order]
    )
  ).toStrictEqual([{ payment_collection_id: cycle.payment_collection_id }])

  const lines = await db<{ item_id: string; quantity: number }>(
    "select item_id, quantity::float from order_item where order_id = ?",
    [order]
  )
  expect(lines.length).toBeGreaterThan(0)
  const reservations = await db(
    `select line_item_id as item_id, quantity::float from reservation_item
     where line_item_id = any(?) and deleted_at is null`,
    [lines.map((line) => line.item_id)]
  )
  expect(reservations).toStrictEqual(lines)
}
