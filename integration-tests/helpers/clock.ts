import { ok, type HttpClient, type Json } from "./http"

/**
 * Sets the plugin's time; `null` gives it back to the system.
 *
 * @param admin signed in as an admin user
 */
export async function setClock(
  admin: HttpClient,
  now: Date | string | null
): Promise<void> {
  ok(
    await admin.post("/admin/portal/test-clock", {
      now: now instanceof Date ? now.toISOString() : now,
    })
  )
}

/** Runs one of the plugin's jobs now. Answers what it says it did. */
export async function runJob<Result = Json>(
  admin: HttpClient,
  name: string,
  body: Json = {}
): Promise<Result> {
  return ok(await admin.post<Result>(`/admin/portal/jobs/${name}/run`, body))
}
