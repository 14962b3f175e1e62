import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What is done about failed charges: the plan's word, and what it depends on. */
export class Migration20261125222100 extends Migration {
  override up(): void {
    this.addSql(
      `alter table if exists "portal_subscription_plan" add column if not exists "dunning" jsonb null;`
    )
    this.addSql(
      `alter table if exists "portal_subscription" add column if not exists "grace_ends_at" timestamptz null;`
    )
    this.addSql(
      `alter table if exists "portal_subscription_cycle" add column if not exists "blocked_method" text null, add column if not exists "provider_failures" integer not null default 0;`
    )
    this.addSql(
      `alter table if exists "portal_charge_attempt" add column if not exists "on_demand" boolean not null default false;`
    )
    // How often a payment method was refused lately.
    this.addSql(
      `create index if not exists "IX_portal_attempt_refused" on "portal_charge_attempt" ("payment_method_id", "started_at") where status in ('declined', 'action_required', 'unknown');`
    )
  }

  override down(): void {
    this.addSql(`drop index if exists "IX_portal_attempt_refused";`)
    this.addSql(
      `alter table if exists "portal_charge_attempt" drop column if exists "on_demand";`
    )
    this.addSql(
      `alter table if exists "portal_subscription_cycle" drop column if exists "blocked_method", drop column if exists "provider_failures";`
    )
    this.addSql(
      `alter table if exists "portal_subscription" drop column if exists "grace_ends_at";`
    )
    this.addSql(
      `alter table if exists "portal_subscription_plan" drop column if exists "dunning";`
    )
  }
}
