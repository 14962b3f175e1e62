import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What keeping a cart's subscription lines in step with the cart asks for. */
export class Migration20261122100110 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "portal_cart_item" add column if not exists "region_id" text null;`
    )
    this.addSql(
      `create unique index if not exists "UX_portal_cart_item_setup_fee_line" on "portal_cart_item" ("setup_fee_line_item_id") where deleted_at is null and setup_fee_line_item_id is not null;`
    )
  }

  override down(): void {
    this.addSql(`drop index if exists "UX_portal_cart_item_setup_fee_line";`)
    this.addSql(
      `alter table "portal_cart_item" drop column if exists "region_id";`
    )
  }
}
