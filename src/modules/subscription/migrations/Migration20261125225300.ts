import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Subscriptions that begin again after an end. */
export class Migration20261125225300 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "portal_subscription" add column if not exists "resubscribed_from_id" text null;`
    )
    this.addSql(
      // One that ended begins again at most once at a time, however often it is asked for.
      `create unique index if not exists "UX_portal_subscription_resubscribed" on "portal_subscription" ("resubscribed_from_id") where "resubscribed_from_id" is not null and "status" not in ('canceled', 'expired');`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_resubscribed" on "portal_subscription" ("resubscribed_from_id") where "resubscribed_from_id" is not null;`
    )
  }

  override down(): void {
    this.addSql(`drop index if exists "IX_portal_subscription_resubscribed";`)
    this.addSql(`drop index if exists "UX_portal_subscription_resubscribed";`)
    this.addSql(
      `alter table "portal_subscription" drop column if exists "resubscribed_from_id";`
    )
  }
}
