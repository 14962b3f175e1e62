import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const AMOUNTS = [
  "mrr",
  "new_mrr",
  "reactivation_mrr",
  "expansion_mrr",
  "contraction_mrr",
  "churned_mrr",
  "failed_amount",
  "recovered_amount",
]

const COUNTS = [
  "subscriptions",
  "active",
  "trialing",
  "past_due",
  "paused",
  "customers",
  "new_subscriptions",
  "canceled_subscriptions",
  "new_customers",
  "churned_customers",
  "trials_started",
  "trials_converted",
  "trials_lost",
  "failed_charges",
  "recovered_charges",
]

const columns = (names: string[], type: string) =>
  names.map((name) => `"${name}" ${type} not null default 0`).join(",\n        ")

/** What the metrics are read from: see docs/reference/metrics.md. */
export class Migration20261125224100 extends Migration {
  override up(): void {
    this.addSql(`
      create table if not exists "portal_subscription_movement" (
        "subscription_id" text not null,
        "day" date not null,
        "customer_id" text not null,
        "currency_code" text not null,
        "plan_id" text not null,
        "status" text not null,
        "is_counted" boolean not null,
        "mrr" numeric not null,
        "has_trial" boolean not null,
        "first_counted_on" date null,
        "status_before" text null,
        "was_counted" boolean not null,
        "mrr_before" numeric not null,
        constraint "portal_subscription_movement_pkey" primary key ("subscription_id", "day")
      );
    `)
    this.addSql(
      `create index if not exists "IX_portal_subscription_movement_day" on "portal_subscription_movement" ("day");`
    )
    this.addSql(`
      create table if not exists "portal_subscription_daily" (
        "day" date not null,
        "currency_code" text not null,
        "plan_id" text not null default '',
        ${columns(COUNTS, "integer")},
        ${columns(AMOUNTS, "numeric")},
        "computed_at" timestamptz not null,
        constraint "portal_subscription_daily_pkey" primary key ("currency_code", "plan_id", "day")
      );
    `)
    this.addSql(
      `create index if not exists "IX_portal_subscription_daily_day" on "portal_subscription_daily" ("day", "plan_id");`
    )
    this.addSql(`
      create table if not exists "portal_subscription_cohort" (
        "currency_code" text not null,
        "cohort" date not null,
        "month" date not null,
        "size" integer not null,
        "retained" integer not null,
        "mrr" numeric not null,
        constraint "portal_subscription_cohort_pkey" primary key ("currency_code", "cohort", "month")
      );
    `)
    this.addSql(
      // What happened since a day began, whosever subscription it was.
      `create index if not exists "IX_portal_subscription_event_time" on "portal_subscription_event" ("occurred_at");`
    )
    this.addSql(
      `create index if not exists "IX_portal_charge_attempt_finished" on "portal_charge_attempt" ("finished_at") where "status" in ('succeeded', 'declined');`
    )
  }

  override down(): void {
    this.addSql(`drop index if exists "IX_portal_charge_attempt_finished";`)
    this.addSql(`drop index if exists "IX_portal_subscription_event_time";`)
    for (const table of ["cohort", "daily", "movement"]) {
      this.addSql(`drop table if exists "portal_subscription_${table}";`)
    }
  }
}
