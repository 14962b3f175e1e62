import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What pausing, skipping and rescheduling keep, and the events that go out. */
export class Migration20261125200000 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "portal_subscription_plan"
         add column if not exists "action_limits" jsonb null;`
    )
    this.addSql(
      `alter table "portal_subscription"
         add column if not exists "paused_at" timestamptz null,
         add column if not exists "resumes_at" timestamptz null;`
    )
    this.addSql(
      // The scan for pauses that end; those that last, the many, cost nothing.
      `create index if not exists "IX_portal_subscription_resumes" on "portal_subscription" ("resumes_at", "id") where status = 'paused' and resumes_at is not null and deleted_at is null;`
    )
    this.addSql(
      `alter table "portal_subscription_event"
         add column if not exists "event_name" text null,
         add column if not exists "emitted_at" timestamptz null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_event_unsent" on "portal_subscription_event" ("created_at") where event_name is not null and emitted_at is null;`
    )
    this.addSql(
      `alter table "portal_subscription_cycle"
         add column if not exists "payment_voided_at" timestamptz null;`
    )
    this.addSql(
      // Payments at a provider that nobody may complete any more.
      `create index if not exists "IX_portal_cycle_unvoided" on "portal_subscription_cycle" ("updated_at") where status = 'canceled' and payment_session_id is not null and payment_voided_at is null;`
    )
  }

  override down(): void {
    for (const index of [
      "IX_portal_cycle_unvoided",
      "IX_portal_subscription_event_unsent",
      "IX_portal_subscription_resumes",
    ]) {
      this.addSql(`drop index if exists "${index}";`)
    }
    for (const [table, column] of [
      ["portal_subscription_cycle", "payment_voided_at"],
      ["portal_subscription_event", "emitted_at"],
      ["portal_subscription_event", "event_name"],
      ["portal_subscription", "resumes_at"],
      ["portal_subscription", "paused_at"],
      ["portal_subscription_plan", "action_limits"],
    ]) {
      this.addSql(
        `alter table "${table}" drop column if exists "${column}";`
      )
    }
  }
}
