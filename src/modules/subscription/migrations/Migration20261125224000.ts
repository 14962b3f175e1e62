import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Subscriptions that no order made: by hand, or again after an end. */
export class Migration20261125224000 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "portal_subscription"
         alter column "origin_order_id" drop not null,
         add column if not exists "creation_key" text null;`
    )
    this.addSql(
      // Making the same one twice is one: the second insert finds the first.
      `create unique index if not exists "UX_portal_subscription_creation_key" on "portal_subscription" ("creation_key") where "creation_key" is not null;`
    )
    this.addSql(
      `alter table "portal_subscription_item"
         alter column "origin_line_item_id" drop not null,
         add column if not exists "tax_rate" numeric null;`
    )
  }

  override down(): void {
    // What no order made cannot be kept where an order is needed.
    this.addSql(
      `delete from "portal_subscription" where "origin_order_id" is null;`
    )
    this.addSql(
      `delete from "portal_subscription_item" where "origin_line_item_id" is null;`
    )
    this.addSql(
      `alter table "portal_subscription_item"
         drop column if exists "tax_rate",
         alter column "origin_line_item_id" set not null;`
    )
    this.addSql(`drop index if exists "UX_portal_subscription_creation_key";`)
    this.addSql(
      `alter table "portal_subscription"
         drop column if exists "creation_key",
         alter column "origin_order_id" set not null;`
    )
  }
}
