import { setTimeout as sleep } from "node:timers/promises"
import type { CreateEmailOptions, Resend } from "resend"

/** How long one try may take. */
const TIMEOUT_MS = 8000
/** Pauses before the second and the third try. */
const PAUSES_MS = [300, 1200]
/** The longest pause that Resend may ask for. */
const MAX_PAUSE_MS = 5000

/** Too many mails today or this month: no pause helps. */
const QUOTAS = new Set(["daily_quota_exceeded", "monthly_quota_exceeded"])

/** The mail's id at Resend, or its name for what is wrong. */
export type SendOutcome =
  { id: string } | { name: string; status: number | null }

type Answer = Awaited<ReturnType<Resend["emails"]["send"]>>

/** Sends a mail, up to three times while the problem may pass. */
export async function sendWithRetries(
  client: Resend,
  email: CreateEmailOptions,
  idempotencyKey: string
): Promise<SendOutcome> {
  for (let attempt = 0; ; attempt++) {
    const answer = await client.emails.send(email, {
      idempotencyKey,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (answer.data) {
      return { id: answer.data.id }
    }
    const pause = PAUSES_MS[attempt]
    if (pause === undefined || !mayPass(answer)) {
      return problemOf(answer)
    }
    await sleep(pauseAskedFor(answer) ?? pause)
  }
}

function mayPass({ error }: Answer): boolean {
  const status = error?.statusCode ?? null
  return (
    status === null ||
    status >= 500 ||
    error?.name === "concurrent_idempotent_requests" ||
    (status === 429 && !QUOTAS.has(error?.name ?? ""))
  )
}

/** Resend's header says in seconds when it is worth to come back. */
function pauseAskedFor({ headers }: Answer): number | undefined {
  const seconds = Number(headers?.["retry-after"])
  return Number.isFinite(seconds) && seconds > 0
    ? Math.min(seconds * 1000, MAX_PAUSE_MS)
    : undefined
}

/** Its message may quote the mail, so that only the name is taken. */
function problemOf({ error }: Answer): SendOutcome {
  const name = error?.name ?? ""
  return {
    name: /^[a-z_]{1,50}$/.test(name) ? name : "unknown_error",
    status: error?.statusCode ?? null,
  }
}
