import type { MemberRole } from "../../../types/portal-session"

type Time = Date | string

/** A row of `portal_member`, without its hash. */
export type MemberRow = {
  id: string
  tenant_id: string
  account_customer_id: string
  email: string
  member_customer_id: string | null
  role: MemberRole
  status: "invited" | "active" | "removed"
  invite_expires_at: Time | null
  joined_at: Time | null
  created_at: Time
}

/** Whose members, and of which tenant. */
export type AccountKey = { tenant_id: string; account_customer_id: string }

/** The columns of a {@link MemberRow}. */
export const MEMBER_COLUMNS = `id, tenant_id, account_customer_id, email, member_customer_id,
  role, status, invite_expires_at, joined_at, created_at`
