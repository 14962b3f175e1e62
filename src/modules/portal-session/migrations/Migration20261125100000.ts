import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMESTAMPS = `
  "created_at" timestamptz not null default now(),
  "updated_at" timestamptz not null default now(),
  "deleted_at" timestamptz null`

/** Links, sessions, sign-in mails, devices, members, counters, events. */
export class Migration20261125100000 extends Migration {
  override up(): void {
    this.addSql(`
      create table if not exists "portal_session" (
        "id" text not null,
        "tenant_id" text not null,
        "customer_id" text not null,
        "member_id" text null,
        "created_via" text check ("created_via" in ('api', 'admin', 'email_link', 'email_code', 'recovery', 'customer_auth', 'member')) not null,
        "created_by" text null,
        "impersonator_id" text null,
        "status" text check ("status" in ('pending', 'active', 'completed', 'expired', 'revoked')) not null,
        "link_hash" text null,
        "link_expires_at" timestamptz null,
        "recover_until" timestamptz null,
        "redeemed_at" timestamptz null,
        "session_hash" text null,
        "session_seconds" integer not null check ("session_seconds" > 0),
        "session_expires_at" timestamptz null,
        "idle_expires_at" timestamptz null,
        "last_seen_at" timestamptz null,
        "exchange_nonce_hash" text null,
        "scopes" jsonb not null,
        "flow_type" text null,
        "flow_data" jsonb null,
        "after_completion" jsonb null,
        "return_url" text null,
        "locale" text null,
        "mfa_state" text check ("mfa_state" in ('none', 'pending', 'verified')) not null default 'none',
        "stepped_up_at" timestamptz null,
        "ip" text null,
        "user_agent" text null,
        "device_label" text null,
        "revoked_at" timestamptz null,
        "revoked_reason" text null,
        "completed_at" timestamptz null,
        "reference" text null,${TIMESTAMPS},
        constraint "portal_session_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_session_link" on "portal_session" ("link_hash") where link_hash is not null;`
    )
    this.addSql(
      `create unique index if not exists "UX_portal_session_token" on "portal_session" ("session_hash") where session_hash is not null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_session_customer" on "portal_session" ("customer_id", "tenant_id", "status", "created_at");`
    )
    this.addSql(
      `create index if not exists "IX_portal_session_live" on "portal_session" ("created_at") where status in ('pending', 'active');`
    )

    this.addSql(`
      create table if not exists "portal_login_request" (
        "id" text not null,
        "tenant_id" text not null,
        "email" text null,
        "email_hash" text not null,
        "customer_id" text null,
        "session_id" text null,
        "code_hash" text null,
        "attempts" integer not null default 0,
        "expires_at" timestamptz not null,
        "processed_at" timestamptz null,
        "consumed_at" timestamptz null,
        "suppressed_reason" text null,
        "ip" text null,
        "return_url" text null,
        "locale" text null,${TIMESTAMPS},
        constraint "portal_login_request_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create index if not exists "IX_portal_login_request_created" on "portal_login_request" ("created_at");`
    )

    this.addSql(`
      create table if not exists "portal_device" (
        "id" text not null,
        "customer_id" text not null,
        "kind" text check ("kind" in ('jwt', 'cookie')) not null,
        "token_hash" text not null,
        "ip" text null,
        "user_agent" text null,
        "device_label" text null,
        "last_seen_at" timestamptz not null default now(),
        "expires_at" timestamptz not null,
        "revoked_at" timestamptz null,${TIMESTAMPS},
        constraint "portal_device_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_device_token" on "portal_device" ("token_hash");`
    )
    this.addSql(
      `create index if not exists "IX_portal_device_customer" on "portal_device" ("customer_id", "last_seen_at");`
    )

    this.addSql(`
      create table if not exists "portal_member" (
        "id" text not null,
        "tenant_id" text not null,
        "account_customer_id" text not null,
        "email" text not null,
        "member_customer_id" text null,
        "role" text check ("role" in ('owner', 'billing_manager', 'member', 'viewer')) not null,
        "status" text check ("status" in ('invited', 'active', 'removed')) not null,
        "invited_by" text null,
        "invite_hash" text null,
        "invite_expires_at" timestamptz null,
        "joined_at" timestamptz null,${TIMESTAMPS},
        constraint "portal_member_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_member_email" on "portal_member" ("tenant_id", "account_customer_id", "email") where status <> 'removed' and deleted_at is null;`
    )
    this.addSql(
      `create unique index if not exists "UX_portal_member_invite" on "portal_member" ("invite_hash") where invite_hash is not null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_member_customer" on "portal_member" ("member_customer_id") where member_customer_id is not null;`
    )

    this.addSql(`
      create table if not exists "portal_security_state" (
        "id" text not null,
        "customer_id" text not null,
        "tokens_valid_after" timestamptz null,
        "sessions_valid_after" timestamptz null,
        "verified_email" text null,
        "email_verified_at" timestamptz null,
        "locked_until" timestamptz null,${TIMESTAMPS},
        constraint "portal_security_state_pkey" primary key ("id")
      );
    `)
    this.addSql(
      `create unique index if not exists "UX_portal_security_state_customer" on "portal_security_state" ("customer_id");`
    )

    this.addSql(`
      create table if not exists "portal_rate_limit" (
        "key" text not null,
        "window_start" timestamptz not null,
        "count" integer not null,
        "expires_at" timestamptz not null,
        constraint "portal_rate_limit_pkey" primary key ("key", "window_start")
      );
    `)
    this.addSql(
      `create index if not exists "IX_portal_rate_limit_expires" on "portal_rate_limit" ("expires_at");`
    )

    this.addSql(`
      create table if not exists "portal_tenant_customer" (
        "tenant_id" text not null,
        "customer_id" text not null,
        "created_at" timestamptz not null default now(),
        constraint "portal_tenant_customer_pkey" primary key ("tenant_id", "customer_id")
      );
    `)

    this.addSql(`
      create table if not exists "portal_event" (
        "id" text not null,
        "tenant_id" text not null,
        "customer_id" text null,
        "session_id" text null,
        "type" text not null,
        "task" text null,
        "actor_id" text null,
        "ip" text null,
        "data" jsonb null,${TIMESTAMPS},
        constraint "portal_event_pkey" primary key ("id")
      );
    `)
    // A task counts once a session, however often it is reported.
    this.addSql(
      `create unique index if not exists "UX_portal_event_task" on "portal_event" ("session_id", "type", "task") where task is not null and session_id is not null;`
    )
    this.addSql(
      `create index if not exists "IX_portal_event_time" on "portal_event" ("tenant_id", "created_at");`
    )
    this.addSql(
      `create index if not exists "IX_portal_event_customer" on "portal_event" ("customer_id", "created_at");`
    )
  }

  override down(): void {
    for (const table of [
      "portal_event",
      "portal_tenant_customer",
      "portal_rate_limit",
      "portal_security_state",
      "portal_member",
      "portal_device",
      "portal_login_request",
      "portal_session",
    ]) {
      this.addSql(`drop table if exists "${table}";`)
    }
  }
}
