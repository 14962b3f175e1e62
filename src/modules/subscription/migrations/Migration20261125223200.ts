import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Prepaid: several periods are charged at once and delivered one by one. */
export class Migration20261125223200 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "portal_subscription_plan"
         add column if not exists "prepaid_cycles" integer null
           check ("prepaid_cycles" > 1),
         add column if not exists "prepaid_renews" boolean not null default true;`
    )
    this.addSql(
      `alter table "portal_cart_item"
         add column if not exists "prepaid_cycles" integer null;`
    )
    this.addSql(
      `alter table "portal_subscription"
         add column if not exists "prepaid_cycles" integer null,
         add column if not exists "prepaid_left" integer not null default 0
           check ("prepaid_left" >= 0);`
    )
  }

  override down(): void {
    for (const [table, column] of [
      ["portal_subscription", "prepaid_left"],
      ["portal_subscription", "prepaid_cycles"],
      ["portal_cart_item", "prepaid_cycles"],
      ["portal_subscription_plan", "prepaid_renews"],
      ["portal_subscription_plan", "prepaid_cycles"],
    ]) {
      this.addSql(`alter table "${table}" drop column if exists "${column}";`)
    }
  }
}
