import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Changes of an e-mail address that wait for a word from both mailboxes. */
export class Migration20261125123000 extends Migration {
  override up(): void {
    this.addSql(`
      create table if not exists "portal_email_change" (
        "id" text not null,
        "tenant_id" text not null,
        "customer_id" text not null,
        "old_email" text not null,
        "new_email" text not null,
        "old_code_hash" text not null,
        "new_code_hash" text not null,
        "old_attempts" integer not null default 0,
        "new_attempts" integer not null default 0,
        "old_confirmed_at" timestamptz null,
        "new_confirmed_at" timestamptz null,
        "status" text check ("status" in ('pending', 'applied', 'failed')) not null,
        "expires_at" timestamptz not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        constraint "portal_email_change_pkey" primary key ("id")
      );
    `)
    // Whoever begins again means the newer one: a customer has one at a time.
    this.addSql(
      `create unique index if not exists "UX_portal_email_change_pending" on "portal_email_change" ("customer_id") where status = 'pending';`
    )
    this.addSql(
      `create index if not exists "IX_portal_email_change_created" on "portal_email_change" ("created_at");`
    )
  }

  override down(): void {
    this.addSql(`drop table if exists "portal_email_change";`)
  }
}
