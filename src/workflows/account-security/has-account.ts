import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** Whether an account has an address, in any case. Core compares letter by letter. */
export async function hasAccountOf(
  container: MedusaContainer,
  email: string
): Promise<boolean> {
  const found = await container.resolve(Modules.CUSTOMER).listCustomers(
    {
      email: { $ilike: email.replace(/[\\%_]/g, "\\$&") },
      has_account: true,
    },
    { select: ["id"], take: 1 }
  )
  return found.length > 0
}
