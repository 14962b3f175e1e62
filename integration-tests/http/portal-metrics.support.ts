/** Events and sessions as they would have been written, at times of the test's choice. */
import type { PortalTestApp } from "../helpers"

type Event = {
  at: string
  type: string
  session?: string
  customer?: string
  task?: string
  tenant?: string
  data?: Record<string, unknown>
}
type Session = {
  id: string
  flow?: string
  impersonator?: string
  user_agent?: string
  mfa?: string
  tenant?: string
}

/** Writes events and sessions by hand. */
export function handMade(db: PortalTestApp["db"]) {
  let count = 0
  const event = async (row: Event) => {
    count += 1
    await db(
      `insert into portal_event (id, tenant_id, type, session_id, customer_id, task, data, created_at)
     values (?, ?, ?, ?, ?, ?, ?::jsonb, ?)`,
      [
        `pevt_hand_${count}`,
        row.tenant ?? "default",
        row.type,
        row.session ?? null,
        row.customer ?? null,
        row.task ?? null,
        row.data ? JSON.stringify(row.data) : null,
        row.at,
      ]
    )
  }
  const session = (row: Session) =>
    db(
      `insert into portal_session (id, tenant_id, customer_id, created_via, status, session_seconds, scopes, flow_type, impersonator_id, user_agent, mfa_state)
     values (?, ?, 'cus_hand', 'api', 'completed', 60, '[]'::jsonb, ?, ?, ?, ?)`,
      [
        row.id,
        row.tenant ?? "default",
        row.flow ?? null,
        row.impersonator ?? null,
        row.user_agent ?? "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
        row.mfa ?? "none",
      ]
    )
  /** A session that a link opened, with its tasks by minutes after it. */
  const visit = async (
    row: Session & {
      at: string
      customer: string
      done?: Record<string, number>
      begun?: string[]
    }
  ) => {
    const { at, customer, tenant } = row
    await session(row)
    const base = { session: row.id, customer, tenant }
    await event({ ...base, at, type: "link_created" })
    await event({ ...base, at, type: "link_redeemed" })
    await event({ ...base, at, type: "session_started" })
    for (const task of row.begun ?? []) {
      await event({ ...base, at, type: "task_started", task })
    }
    for (const [task, minutes] of Object.entries(row.done ?? {})) {
      const time = new Date(Date.parse(at) + minutes * 60_000).toISOString()
      await event({ ...base, at: time, type: "task_completed", task })
    }
  }
  const ticket = (at: string, customer: string, category: string) =>
    event({ at, type: "ticket_opened", customer, data: { category } })

  return { event, visit, ticket }
}

/**
 * Five sessions of people in a week, and what they wrote:
 *
 * - s1, Monday 00:30 in Berlin (Sunday in UTC): cancels after 2 minutes.
 * - s2, Monday: downloads an invoice after 4 minutes, writes about it 3 h later.
 * - s3, Tuesday: flow cancel, does nothing, writes "cancel" 23 h later.
 * - s4, Tuesday: about nothing, does nothing, writes nothing.
 * - s5, Wednesday: changes the card after 6 minutes; writes about a return
 *   (another matter) in an hour, and about the card after 30 h (too late).
 */
export async function makeWeek({
  visit,
  ticket,
}: Pick<ReturnType<typeof handMade>, "visit" | "ticket">): Promise<void> {
  await visit({
    id: "s1",
    at: "2026-01-04T23:30:00Z",
    customer: "c1",
    flow: "subscription_cancel",
    begun: ["subscription_canceled"],
    done: { subscription_canceled: 2 },
  })
  await visit({
    id: "s2",
    at: "2026-01-05T12:00:00Z",
    customer: "c2",
    done: { invoice_downloaded: 4 },
  })
  await ticket("2026-01-05T15:00:00Z", "c2", "invoice")
  await visit({
    id: "s3",
    at: "2026-01-06T12:00:00Z",
    customer: "c3",
    flow: "subscription_cancel",
    begun: ["subscription_canceled"],
    mfa: "pending",
  })
  await ticket("2026-01-07T11:00:00Z", "c3", "cancel")
  await visit({ id: "s4", at: "2026-01-06T13:00:00Z", customer: "c4" })
  await visit({
    id: "s5",
    at: "2026-01-07T12:00:00Z",
    customer: "c5",
    done: { payment_method_updated: 6 },
    mfa: "verified",
  })
  await ticket("2026-01-07T13:00:00Z", "c5", "return")
  await ticket("2026-01-08T18:00:00Z", "c5", "payment_method")
}
