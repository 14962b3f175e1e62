import { BILLABLE_STATUSES } from "../domain/subscription-machine"

/**
 * The cycle that a subscription (`s`) is at, as `c`; null columns where there is
 * none. The condition on the status is that of the partial index
 * `IX_portal_cycle_open`, word for word, so that finished periods, however many,
 * are never read.
 */
export const OPEN_CYCLE = `left join lateral (
    select id, sequence, period_index, status, period_start, period_end, due_at,
           next_attempt_at, amount, failure_code, blocked_method, held_by
      from portal_subscription_cycle
     where subscription_id = s.id and kind = 'renewal'
       and status not in ('completed', 'skipped', 'canceled')
     order by sequence
     limit 1
  ) c on true`

/** Periods of `s` that were paid, the one at checkout included and a trial not. */
export const PAID_CYCLES = `(select count(*)::int
    from portal_subscription_cycle paid
   where paid.subscription_id = s.id and paid.status in ('paid', 'completed')
     and paid.kind = 'renewal'
     and (paid.sequence > 0 or s.trial_ends_at is null))`

/**
 * The condition on a cycle `skipped` that is left out right before the open one
 * although it has not begun: what a customer skipped and may take back. One that a
 * later period was paid after stays left out: the calendar has gone past it.
 *
 * @param sequence - SQL for the open cycle's sequence
 */
export const comingSkip = (sequence: string) => `skipped.status = 'skipped'
     and skipped.sequence < ${sequence}
     and skipped.failure_code is null and skipped.period_start > ?
     and not exists (
       select 1 from portal_subscription_cycle later
        where later.subscription_id = skipped.subscription_id
          and later.kind = 'renewal'
          and later.sequence > skipped.sequence and later.sequence < ${sequence}
          and later.status <> 'skipped')`

/** How many periods of `s` {@link comingSkip} holds for, `c` being the open one. */
export const SKIPPED_CYCLES = `(select count(*)::int
    from portal_subscription_cycle skipped
   where skipped.subscription_id = s.id and c.status = 'scheduled'
     and ${comingSkip("c.sequence")})`

/**
 * When the open cycle is charged; null where nothing is charged by itself: the
 * subscription sleeps, ends or is parked, or the cycle is paid, given up, or waits
 * for the customer.
 */
export const NEXT_CHARGE_AT = `case
    when s.status in (${BILLABLE_STATUSES.map((status) => `'${status}'`).join(", ")})
     and (not s.cancel_at_period_end or c.period_start < s.cancel_at)
     and s.parked_at is null
     and c.status not in ('paid', 'uncollectible', 'action_required')
     and c.blocked_method is distinct from coalesce(s.payment_method_id, '')
     and (s.max_cycles is null or s.max_cycles > ${PAID_CYCLES})
    then coalesce(c.next_attempt_at, c.due_at) end`

/**
 * What the items of a renewal cost by the prices agreed, before tax and shipping:
 * nothing where it is prepaid, and all periods that are prepaid with it.
 */
export const ITEMS_AMOUNT = `(select sum(i.unit_price * i.quantity)
      * case when s.prepaid_cycles is null then 1
             when s.prepaid_left > 0 then 0
             else greatest(1, least(s.prepaid_cycles,
               coalesce(s.max_cycles - ${PAID_CYCLES}, s.prepaid_cycles))) end
    from portal_subscription_item i
   where i.subscription_id = s.id and i.deleted_at is null)`
