/** The cycle that a subscription is at, as `c`, beside its row `s`. */
export const OPEN_CYCLE = `left join lateral (
         select * from portal_subscription_cycle one
          where one.subscription_id = s.id
            and one.status not in ('completed', 'skipped', 'canceled')
          order by one.sequence
          limit 1
       ) c on true`

/** When the open cycle is charged; null where nothing is charged by itself. */
export const NEXT_CHARGE_AT = `case
    when s.status in ('canceled', 'expired', 'paused') or s.parked_at is not null
      or c.status in ('uncollectible', 'action_required') then null
    else coalesce(c.next_attempt_at, c.due_at) end`

/** What the items of a renewal cost by the prices agreed, before tax and shipping. */
export const ITEMS_AMOUNT = `(select sum(i.unit_price * i.quantity)
     from portal_subscription_item i
    where i.subscription_id = s.id and i.deleted_at is null)`
