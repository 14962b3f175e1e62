import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMESTAMPS = `
  "created_at" timestamptz not null default now(),
  "updated_at" timestamptz not null default now(),
  "deleted_at" timestamptz null`

/** Tables of plans, subscriptions, their cycles and what surrounds them. */
export class Migration20261122100100 extends Migration {
  override up(): void {
    this.addSql(`
      create table if not exists "portal_subscription_plan" (
        "id" text not null,
        "handle" text not null,
        "name" text not null,
        "description" text null,
        "status" text check ("status" in ('active', 'archived')) not null default 'active',
        "interval" text check ("interval" in ('day', 'week', 'month', 'year')) not null,
        "interval_count" integer not null default 1 check ("interval_count" > 0),
        "first_discount" jsonb null,
        "recurring_discount" jsonb null,
        "setup_fee" jsonb null,
        "trial_days" integer not null default 0 check ("trial_days" >= 0),
        "trial_requires_payment_method" boolean not null default true,
        "min_cycles" integer null,
        "max_cycles" integer null,
        "anchor_type" text check ("anchor_type" in ('purchase', 'day_of_month', 'day_of_week')) not null default 'purchase',
        "anchor_day" integer null,
        "price_policy" text check ("price_policy" in ('grandfathered', 'current')) not null default 'grandfathered',
        "stock_policy" text check ("stock_policy" in ('wait', 'skip', 'pause', 'charge')) not null default 'wait',
        "stock_wait_days" integer not null default 3,
        "missed_period_policy" text check ("missed_period_policy" in ('charge_current', 'charge_each')) not null default 'charge_current',
        "customer_actions" jsonb not null,
        "metadata" jsonb null,${TIMESTAMPS},
        constraint "portal_subscription_plan_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_plan_handle" on "portal_subscription_plan" ("handle") where deleted_at is null;`
    )

    this.addSql(`
      create table if not exists "portal_subscription_plan_target" (
        "id" text not null,
        "plan_id" text not null,
        "product_id" text not null,
        "variant_id" text null,${TIMESTAMPS},
        constraint "portal_subscription_plan_target_pkey" primary key ("id"),
        constraint "portal_subscription_plan_target_plan_id_foreign" foreign key ("plan_id")
          references "portal_subscription_plan" ("id") on update cascade on delete cascade
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_plan_target" on "portal_subscription_plan_target" ("plan_id", "product_id", coalesce("variant_id", '')) where deleted_at is null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_plan_target_product" on "portal_subscription_plan_target" ("product_id") where deleted_at is null;`
    )

    this.addSql(`
      create table if not exists "portal_subscription" (
        "id" text not null,
        "status" text check ("status" in ('incomplete', 'trialing', 'active', 'past_due', 'paused', 'canceled', 'expired')) not null,
        "customer_id" text not null,
        "email" text not null,
        "plan_id" text not null,
        "currency_code" text not null,
        "region_id" text not null,
        "sales_channel_id" text null,
        "locale" text null,
        "timezone" text not null,
        "interval" text check ("interval" in ('day', 'week', 'month', 'year')) not null,
        "interval_count" integer not null,
        "anchor_at" timestamptz not null,
        "anchor_day_of_month" integer null,
        "period_offset" integer not null,
        "provider_id" text null,
        "account_holder_id" text null,
        "payment_method_id" text null,
        "shipping_address" jsonb null,
        "billing_address" jsonb null,
        "shipping_option_id" text null,
        "origin_order_id" text not null,
        "started_at" timestamptz not null,
        "trial_ends_at" timestamptz null,
        "min_cycles" integer null,
        "max_cycles" integer null,
        "cancel_at_period_end" boolean not null default false,
        "canceled_at" timestamptz null,
        "ended_at" timestamptz null,
        "parked_at" timestamptz null,
        "parked_reason" text null,
        "metadata" jsonb null,${TIMESTAMPS},
        constraint "portal_subscription_pkey" primary key ("id")
      );
    `)
    this.addSql(
      // One subscription an order and plan, however often order.placed comes.
      `create unique index if not exists "UX_portal_subscription_origin" on "portal_subscription" ("origin_order_id", "plan_id");`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_customer" on "portal_subscription" ("customer_id", "created_at" desc, "id") where deleted_at is null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_plan" on "portal_subscription" ("plan_id") where deleted_at is null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_created" on "portal_subscription" ("created_at" desc, "id") where deleted_at is null;`
    )

    this.addSql(`
      create table if not exists "portal_subscription_item" (
        "id" text not null,
        "subscription_id" text not null,
        "product_id" text not null,
        "variant_id" text not null,
        "title" text not null,
        "quantity" integer not null check ("quantity" > 0),
        "unit_price" numeric not null,
        "raw_unit_price" jsonb not null,
        "list_unit_price" numeric not null,
        "raw_list_unit_price" jsonb not null,
        "is_tax_inclusive" boolean not null,
        "origin_line_item_id" text not null,
        "metadata" jsonb null,${TIMESTAMPS},
        constraint "portal_subscription_item_pkey" primary key ("id"),
        constraint "portal_subscription_item_subscription_id_foreign" foreign key ("subscription_id")
          references "portal_subscription" ("id") on update cascade on delete cascade
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_subscription_item_origin" on "portal_subscription_item" ("origin_line_item_id");`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_item_subscription" on "portal_subscription_item" ("subscription_id") where deleted_at is null;`
    )

    this.addSql(`
      create table if not exists "portal_subscription_cycle" (
        "id" text not null,
        "subscription_id" text not null,
        "sequence" integer not null check ("sequence" >= 0),
        "period_index" integer not null,
        "status" text check ("status" in ('scheduled', 'claimed', 'priced', 'charging', 'unknown', 'action_required', 'retry_scheduled', 'paid', 'completed', 'uncollectible', 'skipped', 'canceled')) not null,
        "period_start" timestamptz not null,
        "period_end" timestamptz not null,
        "due_at" timestamptz not null,
        "next_attempt_at" timestamptz null,
        "claimed_until" timestamptz null,
        "claimed_by" text null,
        "attempt" integer not null default 0,
        "stock_waits" integer not null default 0,
        "currency_code" text not null,
        "amount" numeric null,
        "raw_amount" jsonb null,
        "quote" jsonb null,
        "order_id" text null,
        "payment_collection_id" text null,
        "payment_session_id" text null,
        "provider_id" text null,
        "provider_payment_id" text null,
        "failure_code" text null,
        "failure_message" text null,
        "paid_at" timestamptz null,
        "completed_at" timestamptz null,
        "events_emitted_at" timestamptz null,${TIMESTAMPS},
        constraint "portal_subscription_cycle_pkey" primary key ("id"),
        constraint "portal_subscription_cycle_subscription_id_foreign" foreign key ("subscription_id")
          references "portal_subscription" ("id") on update cascade on delete cascade
      );
    `)
    this.addSql(
      // A period exists once, so it can be charged once. The referee of all renewals.
      `create unique index if not exists "UX_portal_cycle_sequence" on "portal_subscription_cycle" ("subscription_id", "sequence");`
    )
    this.addSql(
      `create unique index if not exists "UX_portal_cycle_period" on "portal_subscription_cycle" ("subscription_id", "period_index") where status not in ('skipped', 'canceled');`
    )
    this.addSql(
      // Partial over open states: finished cycles, the many, never slow the scan.
      `create index if not exists "IX_portal_cycle_due" on "portal_subscription_cycle" ("next_attempt_at", "id") where status in ('scheduled', 'retry_scheduled');`
    )
    this.addSql(
      `create index if not exists "IX_portal_cycle_lease" on "portal_subscription_cycle" ("claimed_until") where status in ('claimed', 'priced', 'charging', 'unknown', 'action_required', 'paid');`
    )
    this.addSql(
      `create index if not exists "IX_portal_cycle_unannounced" on "portal_subscription_cycle" ("completed_at") where status = 'completed' and events_emitted_at is null;`
    )
    for (const column of [
      "order_id",
      "payment_collection_id",
      "payment_session_id",
      "provider_payment_id",
    ]) {
      this.addSql(
        `create unique index if not exists "UX_portal_cycle_${column}" on "portal_subscription_cycle" ("${column}") where "${column}" is not null and sequence > 0;`
      )
    }
    this.addSql(
      `create index if not exists "IX_portal_cycle_any_order" on "portal_subscription_cycle" ("order_id") where order_id is not null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_cycle_paid" on "portal_subscription_cycle" ("subscription_id", "paid_at") where paid_at is not null;`
    )

    this.addSql(`
      create table if not exists "portal_charge_attempt" (
        "id" text not null,
        "cycle_id" text not null,
        "attempt" integer not null,
        "status" text check ("status" in ('started', 'succeeded', 'declined', 'action_required', 'unknown')) not null,
        "idempotency_key" text not null,
        "provider_id" text not null,
        "payment_method_id" text null,
        "amount" numeric not null,
        "raw_amount" jsonb not null,
        "currency_code" text not null,
        "failure_code" text null,
        "failure_message" text null,
        "started_at" timestamptz not null,
        "finished_at" timestamptz null,${TIMESTAMPS},
        constraint "portal_charge_attempt_pkey" primary key ("id"),
        constraint "portal_charge_attempt_cycle_id_foreign" foreign key ("cycle_id")
          references "portal_subscription_cycle" ("id") on update cascade on delete cascade
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_charge_attempt" on "portal_charge_attempt" ("cycle_id", "attempt");`
    )

    this.addSql(`
      create table if not exists "portal_subscription_event" (
        "id" text not null,
        "subscription_id" text not null,
        "cycle_id" text null,
        "type" text not null,
        "actor_type" text check ("actor_type" in ('system', 'customer', 'admin')) not null,
        "actor_id" text null,
        "data" jsonb null,
        "dedupe_key" text null,
        "occurred_at" timestamptz not null,${TIMESTAMPS},
        constraint "portal_subscription_event_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_subscription_event_dedupe" on "portal_subscription_event" ("dedupe_key") where dedupe_key is not null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_event" on "portal_subscription_event" ("subscription_id", "occurred_at" desc, "id" desc);`
    )

    this.addSql(`
      create table if not exists "portal_cart_item" (
        "id" text not null,
        "cart_id" text not null,
        "line_item_id" text null,
        "setup_fee_line_item_id" text null,
        "plan_id" text not null,
        "product_id" text not null,
        "variant_id" text not null,
        "quantity" integer not null check ("quantity" > 0),
        "currency_code" text not null,
        "is_tax_inclusive" boolean not null,
        "list_unit_price" numeric not null,
        "raw_list_unit_price" jsonb not null,
        "first_unit_price" numeric not null,
        "raw_first_unit_price" jsonb not null,
        "recurring_unit_price" numeric not null,
        "raw_recurring_unit_price" jsonb not null,
        "setup_fee" numeric null,
        "raw_setup_fee" jsonb null,
        "trial_days" integer not null default 0,${TIMESTAMPS},
        constraint "portal_cart_item_pkey" primary key ("id")
      );
    `)
    this.addSql(
      // The same variant under the same plan is one line whose quantity grows.
      `create unique index if not exists "UX_portal_cart_item" on "portal_cart_item" ("cart_id", "variant_id", "plan_id") where deleted_at is null;`
    )
    this.addSql(
      `create unique index if not exists "UX_portal_cart_item_line" on "portal_cart_item" ("line_item_id") where deleted_at is null and line_item_id is not null;`
    )

    this.addSql(`
      create table if not exists "portal_cart_payment_setup" (
        "id" text not null,
        "cart_id" text not null,
        "customer_id" text not null,
        "provider_id" text not null,
        "account_holder_id" text null,
        "provider_setup_id" text null,
        "payment_method_id" text null,
        "confirmed_at" timestamptz null,${TIMESTAMPS},
        constraint "portal_cart_payment_setup_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_cart_payment_setup" on "portal_cart_payment_setup" ("cart_id") where deleted_at is null;`
    )
  }

  override down(): void {
    for (const table of [
      "portal_cart_payment_setup",
      "portal_cart_item",
      "portal_subscription_event",
      "portal_charge_attempt",
      "portal_subscription_cycle",
      "portal_subscription_item",
      "portal_subscription",
      "portal_subscription_plan_target",
      "portal_subscription_plan",
    ]) {
      this.addSql(`drop table if exists "${table}" cascade;`)
    }
  }
}
