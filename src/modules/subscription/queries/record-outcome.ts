import { cycleMachine } from "../domain/cycle-machine"
import type { CycleEvent } from "../domain/cycle-machine"
import { subscriptionMachine } from "../domain/subscription-machine"
import type { SubscriptionEvent } from "../domain/subscription-machine"
import type {
  AttemptStatus,
  CycleKind,
  CycleStatus,
} from "../../../types/subscription"
import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

/** What became of a charge, as it is written down. */
export type CycleOutcome = {
  cycle_id: string
  /** The attempt that came to it. */
  attempt: number
  event: Extract<
    CycleEvent,
    | "succeed"
    | "decline"
    | "give_up"
    | "refuse"
    | "require_action"
    | "lose"
    | "postpone"
  >
  /** The plugin's time. */
  now: Date
  /** For `decline` and `postpone`: when a worker may try again; null: never by itself. */
  next_attempt_at?: Date | null
  /** What it means for the subscription. A success waits for the order. */
  subscription_event?: Extract<
    SubscriptionEvent,
    "fail_payment" | "pause" | "cancel"
  >
  failure_code?: string | null
  failure_message?: string | null
  /** The payment method that no planned try takes any more; see `isBlocked`. */
  blocked_method?: string | null
  /** Until when access stays, where the subscription becomes past due by this. */
  grace_ends_at?: Date | null
  /** Real seconds after which the provider is asked again, where that is needed. */
  askAfterSeconds: number
  /** What the timeline says of it, written with it; its event is sent afterwards. */
  entry?: OutcomeEntry
  /** What it says of the end of all tries; nothing where the subscription had ended. */
  ending?: EndingEntry
}

/** See {@link CycleOutcome.entry}. */
export type OutcomeEntry = {
  type: "payment_failed" | "action_required" | "change_failed"
  data: Record<string, unknown>
  event_name: string
  /** Writing the same key again is the same entry. */
  dedupe_key: string
  /** Whether the customer is told by mail. */
  is_noticed: boolean
}

/** See {@link CycleOutcome.ending}. */
export type EndingEntry = Omit<OutcomeEntry, "type"> & {
  type: "canceled" | "paused" | "payment_given_up"
  /** Only where the subscription's status changes by it. */
  is_move: boolean
}

/** What was recorded. */
export type RecordedOutcome = {
  /** The cycle's new status; null where the outcome came too late to matter. */
  status: CycleStatus | null
  /** The entry's id; null where there was none to write, or it had been written. */
  entry_id: string | null
  /** The entry of the end, as its event is sent; null where none was written. */
  ending: { id: string; event_name: string } | null
}

const ATTEMPT_STATUS: Record<CycleOutcome["event"], AttemptStatus | null> = {
  succeed: "succeeded",
  decline: "declined",
  give_up: "declined",
  refuse: "declined",
  require_action: "action_required",
  lose: "unknown",
  postpone: null,
}

/** Outcomes after which somebody has to look again: another step, or an answer. */
const WATCHED: readonly CycleOutcome["event"][] = [
  "succeed",
  "lose",
  "require_action",
]

const RECORD = `with changed as (
       update portal_subscription_cycle c
       set status = v.to_status,
           next_attempt_at = ?,
           blocked_method = case when ?::boolean then c.blocked_method else ?::text end,
           provider_failures = case when ?::boolean then c.provider_failures + 1 else 0 end,
           failure_code = ?, failure_message = ?,
           paid_at = case when ?::boolean then coalesce(c.paid_at, ?::timestamptz) else c.paid_at end,
           claimed_until = case when ?::boolean
             then now() + make_interval(secs => ?) else null end,
           claimed_by = case when ?::boolean then c.claimed_by else null end,
           updated_at = now()
       from jsonb_to_recordset(?::jsonb) as v(from_status text, to_status text)
       where c.id = ? and c.status = v.from_status
         and (?::boolean or c.attempt = ?)
       returning c.id, c.attempt, c.status, c.subscription_id, c.kind,
                 (c.quote->>'credit_applied')::numeric as credit_applied
     ), noted as (
       update portal_charge_attempt a
       set status = ?, failure_code = ?, failure_message = ?,
           finished_at = ?::timestamptz, updated_at = now()
       from changed
       where a.cycle_id = changed.id and a.attempt = changed.attempt
         and ?::text is not null and a.status <> 'succeeded'
         -- What a bank said stays, where no bank was asked after it.
         and (?::boolean or a.status <> 'declined')
     ), moved as (
       update portal_subscription s
       set status = v.to_status, updated_at = now(),
           grace_ends_at = case when v.to_status = 'past_due'
             then ?::timestamptz else s.grace_ends_at end,
           paused_at = case when v.to_status = 'paused'
             then ?::timestamptz else s.paused_at end,
           canceled_at = case when v.to_status = 'canceled'
             then ?::timestamptz else s.canceled_at end,
           ended_at = case when v.to_status = 'canceled'
             then ?::timestamptz else s.ended_at end
       from changed,
            jsonb_to_recordset(?::jsonb) as v(from_status text, to_status text)
       where s.id = changed.subscription_id and s.status = v.from_status
         and s.status <> v.to_status
       returning s.id
     ), spent as (
       -- The credit of a change is written with the change.
       update portal_subscription s
       set credit_balance = v.balance, updated_at = now(),
           raw_credit_balance = jsonb_build_object(
             'value', v.balance::text, 'precision', 20)
       from (select s.id, greatest(s.credit_balance - changed.credit_applied, 0) as balance
               from changed join portal_subscription s on s.id = changed.subscription_id
              where ?::boolean and changed.kind = 'renewal'
                and changed.credit_applied > 0) v
       where s.id = v.id
     ), told as (
       insert into portal_subscription_event (
         id, subscription_id, cycle_id, type, actor_type, data, dedupe_key,
         occurred_at, event_name, notice_pending
       )
       select 'sevt_' || replace(gen_random_uuid()::text, '-', ''),
              changed.subscription_id, changed.id, v.type, 'system', v.data,
              v.dedupe_key, ?::timestamptz, v.event_name, v.is_noticed
       from changed,
            jsonb_to_recordset(?::jsonb) as v(
              type text, data jsonb, dedupe_key text, event_name text,
              is_noticed boolean, is_move boolean
            )
       where v.is_move is not true or exists (select 1 from moved)
       on conflict do nothing
       returning id, type, event_name
     )
     select status, kind,
            (select id from told
              where type in ('payment_failed', 'action_required', 'change_failed')) as entry_id,
            (select jsonb_build_object('id', id, 'event_name', event_name)
               from told
              where type not in ('payment_failed', 'action_required', 'change_failed')) as ending
       from changed`

/**
 * Writes the outcome of a charge, of the cycle, of its last attempt and of the
 * subscription, in one statement: no crash leaves one without the others. A success
 * is recorded by whoever learns of it, also after the lease: nothing may lose a
 * captured charge. All other outcomes only change a cycle that is still at the same
 * attempt, and in a state that allows them.
 *
 * So is what the timeline and the outgoing event say of it.
 */
export async function recordOutcome(
  context: ModuleContext,
  outcome: CycleOutcome
): Promise<RecordedOutcome & { kind: CycleKind }> {
  const { event, entry, ending } = outcome
  const targets = cycleMachine.sources(event).map((from) => ({
    from_status: from,
    to_status: statusAfter(outcome, from),
  }))
  const rows = await execute<RecordedOutcome & { kind: CycleKind }>(
    context,
    RECORD,
    [
      outcome.next_attempt_at ?? null,
      event === "postpone",
      outcome.blocked_method ?? null,
      event === "postpone",
      outcome.failure_code ?? null,
      outcome.failure_message ?? null,
      event === "succeed",
      outcome.now,
      WATCHED.includes(event),
      outcome.askAfterSeconds,
      event === "succeed",
      JSON.stringify(targets),
      outcome.cycle_id,
      event === "succeed",
      outcome.attempt,
      ATTEMPT_STATUS[event] ?? "unknown",
      outcome.failure_code ?? null,
      outcome.failure_message ?? null,
      outcome.now,
      ATTEMPT_STATUS[event],
      event === "succeed",
      outcome.grace_ends_at ?? null,
      outcome.now,
      outcome.now,
      outcome.now,
      JSON.stringify(subscriptionTargets(outcome)),
      event === "succeed",
      outcome.now,
      JSON.stringify([entry, ending].filter((one) => one !== undefined)),
    ]
  )
  return (
    rows[0] ?? { status: null, entry_id: null, ending: null, kind: "renewal" }
  )
}

/** A period that ends its subscription is not to be paid any more. */
function statusAfter(
  { event, subscription_event }: CycleOutcome,
  from: CycleStatus
): CycleStatus {
  const to = cycleMachine.next(from, event)
  return subscription_event === "cancel" ? cycleMachine.next(to, "cancel") : to
}

function subscriptionTargets({ subscription_event: event }: CycleOutcome) {
  return event
    ? subscriptionMachine.sources(event).map((from) => ({
        from_status: from,
        to_status: subscriptionMachine.next(from, event),
      }))
    : []
}
