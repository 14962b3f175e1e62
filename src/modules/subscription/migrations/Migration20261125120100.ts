import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Who pays with what is asked by account holder, a page at a time. */
export class Migration20261125120100 extends Migration {
  override up(): void {
    this.addSql(
      `create index if not exists "IX_portal_subscription_holder" on "portal_subscription" ("account_holder_id") where account_holder_id is not null and payment_method_id is not null and deleted_at is null and status in ('incomplete', 'trialing', 'active', 'past_due', 'paused');`
    )
  }

  override down(): void {
    this.addSql(`drop index if exists "IX_portal_subscription_holder";`)
  }
}
