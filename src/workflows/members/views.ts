import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { MemberRow } from "../../modules/portal-session/queries/member-row"
import type { MemberView } from "../../types/account-http"

/** Whose account something is. */
export type Holder = { id: string; email: string; name: string | null }

/** A member as the account's people see it. */
export function memberView(row: MemberRow): MemberView {
  const isOpen = row.status === "invited"
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    status: isOpen ? "invited" : "active",
    created_at: new Date(row.created_at).toISOString(),
    joined_at: row.joined_at && new Date(row.joined_at).toISOString(),
    invite_expires_at:
      isOpen && row.invite_expires_at
        ? new Date(row.invite_expires_at).toISOString()
        : null,
  }
}

/** The people of some accounts, by id, in one statement. */
export async function holdersOf(
  container: MedusaContainer,
  ids: string[]
): Promise<Map<string, Holder>> {
  if (!ids.length) {
    return new Map()
  }
  const rows = await container.resolve(Modules.CUSTOMER).listCustomers(
    { id: ids },
    {
      select: ["id", "email", "first_name", "last_name", "company_name"],
      take: ids.length,
    }
  )
  return new Map(
    rows.map(({ id, email, first_name, last_name, company_name }) => {
      const person = [first_name, last_name].filter(Boolean).join(" ")
      return [id, { id, email, name: company_name ?? (person || null) }]
    })
  )
}
