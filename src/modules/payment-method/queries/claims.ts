import { generateEntityId } from "@medusajs/framework/utils"
import { execute, type ModuleContext } from "../../../database/execute"

/** What is worked on, and by which try. */
export type ClaimKey = { key: string; claimed_by: string }

/**
 * Takes a key, where it is free: never taken, or by somebody whose time is over.
 * The unique row decides between any number of callers.
 *
 * @param seconds - how long nobody else gets it; the database's time
 * @returns `done` where it was finished for good
 */
export async function takeClaim(
  context: ModuleContext,
  { key, claimed_by, seconds }: ClaimKey & { seconds: number }
): Promise<"taken" | "busy" | "done"> {
  const taken = await execute(
    context,
    `insert into portal_payment_claim as c (id, key, claimed_by, claimed_until)
     values (?, ?, ?, clock_timestamp() + make_interval(secs => ?))
     on conflict (key) do update
       set claimed_by = excluded.claimed_by, updated_at = now(),
           claimed_until = excluded.claimed_until
       where c.done_at is null and c.claimed_until < clock_timestamp()
     returning c.id`,
    [generateEntityId(undefined, "pclaim"), key, claimed_by, seconds]
  )
  if (taken.length) {
    return "taken"
  }
  const [row] = await execute<{ is_done: boolean }>(
    context,
    `select done_at is not null as is_done from portal_payment_claim where key = ?`,
    [key]
  )
  return row?.is_done ? "done" : "busy"
}

/** Ends the work for good: nobody gets the key again. */
export async function finishClaim(
  context: ModuleContext,
  { key, claimed_by }: ClaimKey
): Promise<void> {
  await execute(
    context,
    `update portal_payment_claim set done_at = now(), updated_at = now()
     where key = ? and claimed_by = ?`,
    [key, claimed_by]
  )
}

/** Gives the key back, unless its time was over and another has it. */
export async function releaseClaim(
  context: ModuleContext,
  { key, claimed_by }: ClaimKey
): Promise<void> {
  await execute(
    context,
    `delete from portal_payment_claim
     where key = ? and claimed_by = ? and done_at is null`,
    [key, claimed_by]
  )
}

/**
 * Deletes what nobody will ask about again.
 *
 * @returns how many rows
 */
export async function purgeClaims(
  context: ModuleContext,
  days: number
): Promise<number> {
  const rows = await execute(
    context,
    `delete from portal_payment_claim
     where done_at < now() - make_interval(days => ?)
        or (done_at is null and claimed_until < now() - interval '1 day')
     returning 1`,
    [days]
  )
  return rows.length
}
