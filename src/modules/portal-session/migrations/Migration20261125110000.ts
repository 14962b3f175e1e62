import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What mail providers report of the mails that were sent. */
export class Migration20261125110000 extends Migration {
  override up(): void {
    this.addSql(`
      create table if not exists "portal_mail_delivery" (
        "id" text not null,
        "provider" text not null,
        "event_id" text not null,
        "message_id" text not null,
        "type" text not null,
        "occurred_at" timestamptz not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "deleted_at" timestamptz null,
        constraint "portal_mail_delivery_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_mail_delivery_event" on "portal_mail_delivery" ("provider", "event_id");`
    )
    this.addSql(
      `create index if not exists "IX_portal_mail_delivery_message" on "portal_mail_delivery" ("message_id");`
    )
    this.addSql(
      `create index if not exists "IX_portal_mail_delivery_created" on "portal_mail_delivery" ("created_at");`
    )
  }

  override down(): void {
    this.addSql(`drop table if exists "portal_mail_delivery";`)
  }
}
