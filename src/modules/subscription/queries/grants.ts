/** What a subscription gives besides deliveries, and how long; as SQL. */
import { PAID_CYCLES } from "./open-cycle"

/** The end of the last period of `s` that was paid, a trial included. */
const PAID_UNTIL = `(select max(paid.period_end)
    from portal_subscription_cycle paid
   where paid.subscription_id = s.id and paid.status in ('paid', 'completed'))`

/**
 * When subscription `s` stops to grant as things stand; null where it does not: it
 * is paused, was canceled, has a charge that failed, or all its periods are paid. A
 * pause does not take what has been paid for, and a failed charge has the grace that
 * the customer was told.
 */
export const GRANT_ENDS_AT = `least(
    case when s.cancel_at_period_end then s.cancel_at end,
    case when s.status = 'past_due' then s.grace_ends_at end,
    case when s.status = 'paused'
           or (s.cancel_at_period_end and s.cancel_at is null)
           or s.max_cycles <= ${PAID_CYCLES}
      then ${PAID_UNTIL} end)`

/**
 * Whether `s` grants what its plan does, at the moment of the one `?`. A charge that
 * failed before there was a grace has it until it is given up.
 */
export const GRANTS = `(s.deleted_at is null
    and s.status in ('trialing', 'active', 'past_due', 'paused')
    and not (s.status = 'past_due' and s.grace_ends_at is null and exists (
      select 1 from portal_subscription_cycle lost
       where lost.subscription_id = s.id and lost.status = 'uncollectible'))
    and coalesce(${GRANT_ENDS_AT}, 'infinity') > ?::timestamptz)`
