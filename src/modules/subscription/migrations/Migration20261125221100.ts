import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * Changes of a subscription: a charge that is no period's (`kind`), what waits for
 * the end of the period, what a customer has to their credit, and a calendar that
 * begins anew at a later period.
 */
export class Migration20261125221100 extends Migration {
  override up(): void {
    this.addSql(`
      alter table "portal_subscription"
        add column if not exists "pending_change" jsonb null,
        add column if not exists "paid_period" jsonb null,
        add column if not exists "credit_balance" numeric not null default 0 check ("credit_balance" >= 0),
        add column if not exists "raw_credit_balance" jsonb not null default '{"value": "0", "precision": 20}',
        add column if not exists "anchor_index" integer not null default 0;
    `)
    this.addSql(`
      alter table "portal_subscription_item"
        alter column "origin_line_item_id" drop not null;
    `)
    this.addSql(`
      alter table "portal_subscription_cycle"
        add column if not exists "kind" text not null default 'renewal' check ("kind" in ('renewal', 'change')),
        add column if not exists "change" jsonb null,
        add column if not exists "held_by" text null;
    `)
    // A change is no period: it has the sequence of the one that comes next.
    this.addSql(`drop index if exists "UX_portal_cycle_sequence";`)
    this.addSql(
      `create unique index if not exists "UX_portal_cycle_sequence" on "portal_subscription_cycle" ("subscription_id", "sequence") where kind = 'renewal';`
    )
    this.addSql(`drop index if exists "UX_portal_cycle_period";`)
    this.addSql(
      `create unique index if not exists "UX_portal_cycle_period" on "portal_subscription_cycle" ("subscription_id", "period_index") where kind = 'renewal' and status not in ('skipped', 'canceled');`
    )
    // The referee of two changes at once.
    this.addSql(
      `create unique index if not exists "UX_portal_cycle_change" on "portal_subscription_cycle" ("subscription_id") where kind = 'change' and status not in ('completed', 'skipped', 'canceled');`
    )
    this.addSql(
      `create index if not exists "IX_portal_cycle_unconfirmed_change" on "portal_subscription_cycle" ("due_at") where kind = 'change' and status = 'action_required';`
    )
    this.addSql(
      `create index if not exists "IX_portal_cycle_held" on "portal_subscription_cycle" ("held_by") where held_by is not null;`
    )
  }

  override down(): void {
    this.addSql(
      `drop index if exists "IX_portal_cycle_held", "IX_portal_cycle_unconfirmed_change", "UX_portal_cycle_change", "UX_portal_cycle_period", "UX_portal_cycle_sequence";`
    )
    this.addSql(
      `delete from "portal_subscription_cycle" where kind = 'change';`
    )
    this.addSql(
      `create unique index if not exists "UX_portal_cycle_sequence" on "portal_subscription_cycle" ("subscription_id", "sequence");`
    )
    this.addSql(
      `create unique index if not exists "UX_portal_cycle_period" on "portal_subscription_cycle" ("subscription_id", "period_index") where status not in ('skipped', 'canceled');`
    )
    this.addSql(
      `alter table "portal_subscription_cycle" drop column if exists "kind", drop column if exists "change", drop column if exists "held_by";`
    )
    this.addSql(`
      alter table "portal_subscription"
        drop column if exists "pending_change",
        drop column if exists "paid_period",
        drop column if exists "credit_balance",
        drop column if exists "raw_credit_balance",
        drop column if exists "anchor_index";
    `)
  }
}
