import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Memberships: customer groups and entitlements that plans give. */
export class Migration20261125223100 extends Migration {
  override up(): void {
    this.addSql(
      `alter table "portal_subscription_plan"
         add column if not exists "customer_group_id" text null,
         add column if not exists "entitlements" jsonb null;`
    )
    // No plan has a group yet, so old subscriptions need no look; new ones do.
    this.addSql(
      `alter table "portal_subscription"
         add column if not exists "membership_pending" boolean not null default false,
         add column if not exists "membership_until" timestamptz null;`
    )
    this.addSql(
      `alter table "portal_subscription" alter column "membership_pending" set default true;`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_membership" on "portal_subscription" ("id") where membership_pending;`
    )
    this.addSql(
      `create index if not exists "IX_portal_subscription_membership_until" on "portal_subscription" ("membership_until", "id") where membership_until is not null;`
    )

    this.addSql(`
      create table if not exists "portal_membership" (
        "id" text not null,
        "customer_id" text not null,
        "group_id" text not null,
        "link_id" text not null,
        "subscription_id" text not null,
        "status" text check ("status" in ('joining', 'joined', 'leaving')) not null,
        "granted_at" timestamptz not null,
        "claimed_by" text null,
        "claimed_until" timestamptz null,
        "created_at" timestamptz not null default now(),
        "updated_at" timestamptz not null default now(),
        "deleted_at" timestamptz null,
        constraint "portal_membership_pkey" primary key ("id")
      );
    `)
    this.addSql(
      // However many subscriptions grant it, a customer is in a group once.
      `create unique index if not exists "UX_portal_membership" on "portal_membership" ("customer_id", "group_id");`
    )
    this.addSql(
      `create index if not exists "IX_portal_membership_subscription" on "portal_membership" ("subscription_id");`
    )
    this.addSql(
      `create index if not exists "IX_portal_membership_open" on "portal_membership" ("id") where status in ('joining', 'leaving');`
    )

    // The database notes that a subscription has to be looked at: many places
    // change a status, and one that forgot to say so would leave a customer in
    // a group, or out of it, for ever.
    this.addSql(`
      create or replace function portal_subscription_membership() returns trigger
      language plpgsql as $$
      begin
        new.membership_pending := true;
        return new;
      end $$;
    `)
    this.addSql(`
      create or replace trigger "TR_portal_subscription_membership"
      before update of "status", "plan_id", "customer_id", "max_cycles",
        "cancel_at_period_end", "cancel_at", "deleted_at"
      on "portal_subscription" for each row
      when (
        (old.status, old.plan_id, old.customer_id, old.max_cycles,
         old.cancel_at_period_end, old.cancel_at, old.deleted_at)
        is distinct from
        (new.status, new.plan_id, new.customer_id, new.max_cycles,
         new.cancel_at_period_end, new.cancel_at, new.deleted_at)
      )
      execute function portal_subscription_membership();
    `)
    // A charge that is given up ends the grace; one that is paid in a pause
    // lengthens it. Other changes of a period change nothing.
    this.addSql(`
      create or replace function portal_cycle_membership() returns trigger
      language plpgsql as $$
      begin
        update portal_subscription
           set membership_pending = true
         where id = new.subscription_id and not membership_pending
           and (new.status <> 'paid' or status = 'paused');
        return null;
      end $$;
    `)
    this.addSql(`
      create or replace trigger "TR_portal_cycle_membership"
      after update of "status" on "portal_subscription_cycle" for each row
      when (
        old.status is distinct from new.status
        and (old.status = 'uncollectible' or new.status in ('uncollectible', 'paid'))
      )
      execute function portal_cycle_membership();
    `)
  }

  override down(): void {
    this.addSql(
      `drop trigger if exists "TR_portal_cycle_membership" on "portal_subscription_cycle";`
    )
    this.addSql(
      `drop trigger if exists "TR_portal_subscription_membership" on "portal_subscription";`
    )
    this.addSql(`drop function if exists portal_cycle_membership();`)
    this.addSql(`drop function if exists portal_subscription_membership();`)
    this.addSql(`drop table if exists "portal_membership" cascade;`)
    this.addSql(`drop index if exists "IX_portal_subscription_membership_until";`)
    this.addSql(`drop index if exists "IX_portal_subscription_membership";`)
    for (const [table, column] of [
      ["portal_subscription", "membership_until"],
      ["portal_subscription", "membership_pending"],
      ["portal_subscription_plan", "entitlements"],
      ["portal_subscription_plan", "customer_group_id"],
    ]) {
      this.addSql(`alter table "${table}" drop column if exists "${column}";`)
    }
  }
}
