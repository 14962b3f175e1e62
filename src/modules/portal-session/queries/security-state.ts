import { execute, type ModuleContext } from "../../../database/execute"

/**
 * Notes that a customer has read mail at an address.
 *
 * @returns whether that is news
 */
export async function noteVerifiedEmail(
  context: ModuleContext,
  input: { id: string; customer_id: string; email: string }
): Promise<boolean> {
  const rows = await execute(
    context,
    `insert into portal_security_state as x (id, customer_id, verified_email, email_verified_at)
     values (?, ?, ?, now())
     on conflict (customer_id) do update set
       verified_email = excluded.verified_email, email_verified_at = now(), updated_at = now()
       where x.verified_email is distinct from excluded.verified_email
     returning id`,
    [input.id, input.customer_id, input.email]
  )
  return rows.length > 0
}
