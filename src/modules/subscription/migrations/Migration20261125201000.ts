import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What cancellations keep, and the offers that may hold them off. */
export class Migration20261125201000 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "portal_subscription_plan"
         add column if not exists "retention_offers" jsonb null;`
    )
    this.addSql(
      `alter table "portal_subscription"
         add column if not exists "cancel_at" timestamptz null,
         add column if not exists "cancel_requested_at" timestamptz null,
         add column if not exists "cancel_reason_code" text null,
         add column if not exists "cancel_comment" text null,
         add column if not exists "discount_percent" integer null
           check ("discount_percent" between 1 and 100),
         add column if not exists "discount_cycles_left" integer null
           check ("discount_cycles_left" >= 0),
         add column if not exists "accepted_offer_ids" text[] not null default '{}';`
    )
  }

  override down(): void {
    this.addSql(
      `alter table "portal_subscription"
         drop column if exists "accepted_offer_ids",
         drop column if exists "discount_cycles_left",
         drop column if exists "discount_percent",
         drop column if exists "cancel_comment",
         drop column if exists "cancel_reason_code",
         drop column if exists "cancel_requested_at",
         drop column if exists "cancel_at";`
    )
    this.addSql(
      `alter table "portal_subscription_plan"
         drop column if exists "retention_offers";`
    )
  }
}
