import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Claims, and which account holders have a default payment method. */
export class Migration20261125120000 extends Migration {
  override up(): void {
    this.addSql(`
      create table if not exists "portal_payment_claim" (
        "id" text not null,
        "key" text not null,
        "claimed_by" text not null,
        "claimed_until" timestamptz not null,
        "done_at" timestamptz null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "deleted_at" timestamptz null,
        constraint "portal_payment_claim_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_payment_claim_key" on "portal_payment_claim" ("key");`
    )
    this.addSql(
      `create index if not exists "IX_portal_payment_claim_done" on "portal_payment_claim" ("done_at") where done_at is not null;`
    )
    this.addSql(`
      create table if not exists "portal_default_holder" (
        "id" text not null,
        "account_holder_id" text not null,
        "customer_id" text not null,
        "provider_id" text not null,
        "tenant_id" text not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "deleted_at" timestamptz null,
        constraint "portal_default_holder_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_default_holder" on "portal_default_holder" ("account_holder_id");`
    )
  }

  override down(): void {
    this.addSql(`drop table if exists "portal_default_holder";`)
    this.addSql(`drop table if exists "portal_payment_claim";`)
  }
}
