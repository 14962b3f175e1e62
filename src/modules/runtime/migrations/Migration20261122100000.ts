import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261122100000 extends Migration {
  override up(): void {
    this.addSql(`
      create table if not exists "portal_clock" (
        "id" text not null,
        "now" timestamptz not null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "deleted_at" timestamptz null,
        constraint "portal_clock_pkey" primary key ("id")
      );
    `)
  }

  override down(): void {
    this.addSql(`drop table if exists "portal_clock";`)
  }
}
