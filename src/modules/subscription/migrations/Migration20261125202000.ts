import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Mails about subscriptions: which are to be sent, and reminders before a charge. */
export class Migration20261125202000 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "portal_subscription_plan"
         add column if not exists "reminder_days" integer null
           check ("reminder_days" >= 0);`
    )
    this.addSql(
      `alter table "portal_subscription_event"
         add column if not exists "notice_pending" boolean not null default false;`
    )
    this.addSql(
      // What one subscription's customer is still to be told.
      `create index if not exists "IX_portal_subscription_event_notice" on "portal_subscription_event" ("subscription_id") where notice_pending;`
    )
    this.addSql(
      // What a crash held back, the oldest first.
      `create index if not exists "IX_portal_subscription_event_notice_age" on "portal_subscription_event" ("created_at", "id") where notice_pending;`
    )
    this.addSql(
      `alter table "portal_subscription_cycle"
         add column if not exists "reminder_planned" boolean not null default false,
         add column if not exists "remind_at" timestamptz null,
         add column if not exists "reminded_at" timestamptz null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_cycle_unplanned_reminder" on "portal_subscription_cycle" ("id") where status = 'scheduled' and not reminder_planned and next_attempt_at is not null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_cycle_reminder" on "portal_subscription_cycle" ("remind_at", "id") where status = 'scheduled' and remind_at is not null;`
    )
  }

  override down(): void {
    for (const index of [
      "IX_portal_cycle_reminder",
      "IX_portal_cycle_unplanned_reminder",
      "IX_portal_subscription_event_notice_age",
      "IX_portal_subscription_event_notice",
    ]) {
      this.addSql(`drop index if exists "${index}";`)
    }
    for (const [table, column] of [
      ["portal_subscription_cycle", "reminded_at"],
      ["portal_subscription_cycle", "remind_at"],
      ["portal_subscription_cycle", "reminder_planned"],
      ["portal_subscription_event", "notice_pending"],
      ["portal_subscription_plan", "reminder_days"],
    ]) {
      this.addSql(
        `alter table "${table}" drop column if exists "${column}";`
      )
    }
  }
}
