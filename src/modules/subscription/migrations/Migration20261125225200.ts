import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What plans charge by use, and the use itself. */
export class Migration20261125225200 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "portal_subscription_plan" add column if not exists "meters" jsonb null;`
    )
    this.addSql(`
      create table if not exists "portal_subscription_usage" (
        "id" text not null,
        "subscription_id" text not null,
        "cycle_id" text null,
        "meter" text not null,
        "quantity" bigint not null check ("quantity" > 0),
        "idempotency_key" text not null,
        "occurred_at" timestamptz not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "deleted_at" timestamptz null,
        constraint "portal_subscription_usage_pkey" primary key ("id"),
        constraint "portal_subscription_usage_subscription_id_foreign" foreign key ("subscription_id")
          references "portal_subscription" ("id") on update cascade on delete cascade,
        constraint "portal_subscription_usage_cycle_id_foreign" foreign key ("cycle_id")
          references "portal_subscription_cycle" ("id") on update cascade on delete set null
      );
    `)
    this.addSql(
      // The same key again is the same use: it is counted once.
      `create unique index if not exists "UX_portal_subscription_usage_key" on "portal_subscription_usage" ("subscription_id", "idempotency_key");`
    )
    this.addSql(
      // What was charged, the most of it, is never read again.
      `create index if not exists "IX_portal_subscription_usage_open" on "portal_subscription_usage" ("subscription_id") where cycle_id is null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_usage_cycle" on "portal_subscription_usage" ("cycle_id") where cycle_id is not null;`
    )
  }

  override down(): void {
    this.addSql(`drop table if exists "portal_subscription_usage";`)
    this.addSql(
      `alter table "portal_subscription_plan" drop column if exists "meters";`
    )
  }
}
