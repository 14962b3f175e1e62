import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What mails a customer wants, and in which language. */
export class Migration20261125130000 extends Migration {
  override up(): void {
    this.addSql(`
      create table if not exists "portal_preference" (
        "id" text not null,
        "tenant_id" text not null,
        "customer_id" text not null,
        "locale" text null,
        "categories" jsonb not null default '{}',
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "deleted_at" timestamptz null,
        constraint "portal_preference_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_preference_customer" on "portal_preference" ("customer_id", "tenant_id");`
    )
    this.addSql(
      `create index if not exists "IX_portal_session_member" on "portal_session" ("member_id") where member_id is not null;`
    )
  }

  override down(): void {
    this.addSql(`drop index if exists "IX_portal_session_member";`)
    this.addSql(`drop table if exists "portal_preference";`)
  }
}
