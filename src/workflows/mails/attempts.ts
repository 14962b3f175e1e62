import type {
  INotificationModuleService,
  NotificationTypes,
} from "@medusajs/framework/types"
import { attemptKeys, occasionOf } from "../../shared/mail-attempts"

type Notification = NotificationTypes.NotificationDTO

/** Longer than any provider takes: whoever was sending is gone by then. */
const ABANDONED_MS = 10 * 60_000

/** What to do about a mail: send it under `key`, or leave it. */
export type NextAttempt =
  | { key: string; first: Notification | undefined }
  | { key: undefined; reason: "duplicate" | "failed"; notification_id: string }

/** Looks at the earlier attempts of a mail. Who sends is settled by its key. */
export async function nextAttempt(
  notifications: INotificationModuleService,
  key: string,
  now: Date
): Promise<NextAttempt> {
  const [attempt] = await nextAttempts(notifications, [key], now)
  return attempt ?? { key, first: undefined }
}

/** {@link nextAttempt} of many mails, in one statement. */
export async function nextAttempts(
  notifications: INotificationModuleService,
  occasions: string[],
  now: Date
): Promise<NextAttempt[]> {
  const all = occasions.flatMap(attemptKeys)
  const earlier = await notifications.listNotifications(
    { idempotency_key: all } as NotificationTypes.FilterableNotificationProps,
    { take: all.length, order: { created_at: "ASC" } }
  )
  const byOccasion = new Map<string, Notification[]>()
  for (const attempt of earlier) {
    const occasion = occasionOf(keyOf(attempt))
    byOccasion.set(occasion, [...(byOccasion.get(occasion) ?? []), attempt])
  }
  return occasions.map((key) => following(key, byOccasion.get(key) ?? [], now))
}

function following(
  key: string,
  earlier: Notification[],
  now: Date
): NextAttempt {
  const keys = attemptKeys(key)
  const alive = earlier.find((attempt) => !hasFailed(attempt, now))
  const last = earlier.at(-1)
  if (alive) {
    return { key: undefined, reason: "duplicate", notification_id: alive.id }
  }
  const next = keys[earlier.length]
  if (next === undefined && last) {
    return { key: undefined, reason: "failed", notification_id: last.id }
  }
  return { key: next ?? key, first: earlier[0] }
}

/** Medusa's type leaves it out. */
export function keyOf(notification: Notification): string {
  const { idempotency_key: key } = notification as {
    idempotency_key?: string | null
  }
  return key ?? ""
}

/** What became of the attempt with a key, after sending it was refused. */
export async function findAttempt(
  notifications: INotificationModuleService,
  key: string
): Promise<Notification | undefined> {
  const [found] = await notifications.listNotifications(
    { idempotency_key: [key] } as NotificationTypes.FilterableNotificationProps,
    { take: 1 }
  )
  return found
}

/** A process that died while it was sending leaves `pending` behind. */
function hasFailed({ status, created_at }: Notification, now: Date): boolean {
  return (
    status === "failure" ||
    (status === "pending" &&
      new Date(created_at).getTime() < now.getTime() - ABANDONED_MS)
  )
}
