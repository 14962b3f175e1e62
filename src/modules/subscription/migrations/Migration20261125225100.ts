import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What customers add once to a coming order of their subscription. */
export class Migration20261125225100 extends Migration {
  override up(): void {
    this.addSql(`
      create table if not exists "portal_subscription_one_off" (
        "id" text not null,
        "subscription_id" text not null,
        "cycle_id" text null,
        "product_id" text not null,
        "variant_id" text not null,
        "title" text not null,
        "quantity" integer not null check ("quantity" > 0),
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "deleted_at" timestamptz null,
        constraint "portal_subscription_one_off_pkey" primary key ("id"),
        constraint "portal_subscription_one_off_subscription_id_foreign" foreign key ("subscription_id")
          references "portal_subscription" ("id") on update cascade on delete cascade,
        constraint "portal_subscription_one_off_cycle_id_foreign" foreign key ("cycle_id")
          references "portal_subscription_cycle" ("id") on update cascade on delete set null
      );
    `)
    this.addSql(
      `create index if not exists "IX_portal_subscription_one_off_subscription" on "portal_subscription_one_off" ("subscription_id", "created_at");`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_one_off_cycle" on "portal_subscription_one_off" ("cycle_id") where cycle_id is not null;`
    )
  }

  override down(): void {
    this.addSql(`drop table if exists "portal_subscription_one_off";`)
  }
}
