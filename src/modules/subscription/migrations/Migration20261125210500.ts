import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** The order in which the admin's list begins: what needs a person first. */
export class Migration20261125210500 extends Migration {
  override up(): void {
    this.addSql(
      `create index if not exists "IX_portal_subscription_attention" on "portal_subscription" ((case when parked_at is not null and ended_at is null then 0 when status = 'past_due' then 1 when status = 'incomplete' then 2 else 3 end), "created_at" desc, "id") where deleted_at is null;`
    )
  }

  override down(): void {
    this.addSql(`drop index if exists "IX_portal_subscription_attention";`)
  }
}
