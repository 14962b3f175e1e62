/**
 * What a subscription (`s`, with its plan's `price_policy`) brings in a month, net
 * of tax, shipping and of discounts that last, in exact decimals. SQL; the
 * definition and its sources are in docs/reference/metrics.md.
 */

/** Percent of a line's taxes, all rates together; before a quote, of the purchase. */
const RATE = `(case when line is null then coalesce(i.tax_rate, 0) else coalesce(
  (select sum((tax ->> 'rate')::numeric)
     from jsonb_array_elements(line -> 'tax_lines') tax), 0) end)`

/** What an amount is without its tax. */
const net = (amount: string, isInclusive: string) =>
  `(${amount}) / (case when ${isInclusive} then 1 + ${RATE} / 100 else 1 end)`

const ITEM_INCLUSIVE = `coalesce((line ->> 'is_tax_inclusive')::boolean, i.is_tax_inclusive)`
const DISCOUNT_INCLUSIVE = `coalesce((adjustment ->> 'is_tax_inclusive')::boolean, false)`

/** What promotions took off a line of the last quote, without tax; a credit is money. */
const PROMOTIONS = `coalesce((
  select sum(${net("(adjustment ->> 'amount')::numeric", DISCOUNT_INCLUSIVE)})
    from jsonb_array_elements(line -> 'adjustments') adjustment
   where adjustment ->> 'code' not in ('credit-balance', 'unused-time')), 0)`

const QUOTED = `${net("(line ->> 'unit_price')::numeric * i.quantity", ITEM_INCLUSIVE)} - ${PROMOTIONS}`
const AGREED = net("i.unit_price * i.quantity", ITEM_INCLUSIVE)

/**
 * Whether the last quote still says what the item costs. Not where the item has
 * changed since, nor where an offer that ends by itself was taken off.
 */
const IS_QUOTED = `line is not null
  and q.quote ->> 'offer_percent' is null
  and (line ->> 'quantity')::numeric = i.quantity
  and (p.price_policy = 'current'
       or (line ->> 'unit_price')::numeric = i.unit_price)`

/** Periods a month: a year has 12 months, 52 weeks, 365 days. */
const PERIODS_A_MONTH = `case s.interval
    when 'year' then 1 / 12.0
    when 'month' then 1.0
    when 'week' then 52 / 12.0
    else 365 / 12.0
  end / s.interval_count`

/** Digits that are kept: sums of rounded figures then stay exact. */
const DIGITS = 8

export const MONTHLY_AMOUNT = `(
  select round(coalesce(sum(
    case when ${IS_QUOTED} then ${QUOTED} else ${AGREED} end
  ), 0) * (${PERIODS_A_MONTH}), ${DIGITS})
    from portal_subscription_item i
    left join lateral (
      select c.quote from portal_subscription_cycle c
       where c.subscription_id = s.id and c.quote is not null
         and c.kind = 'renewal'
       order by c.sequence desc limit 1
    ) q on true
    left join lateral (
      select one as line from jsonb_array_elements(q.quote -> 'items') one
       where one ->> 'subscription_item_id' = i.id
         and one ->> 'variant_id' = i.variant_id limit 1
    ) l on true
   where i.subscription_id = s.id and i.deleted_at is null
)`
