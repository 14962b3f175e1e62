import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Lists show each subscription's open cycle, and never read its history. */
export class Migration20261122100300 extends Migration {
  override up(): void {
    this.addSql(
      `create index if not exists "IX_portal_cycle_open" on "portal_subscription_cycle" ("subscription_id", "sequence") where status not in ('completed', 'skipped', 'canceled');`
    )
  }

  override down(): void {
    this.addSql(`drop index if exists "IX_portal_cycle_open";`)
  }
}
