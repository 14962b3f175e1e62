import type {
  INotificationModuleService,
  NotificationTypes,
} from "@medusajs/framework/types"
import { attemptKeys } from "../../shared/mail-attempts"

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
  const keys = attemptKeys(key)
  const earlier = await notifications.listNotifications(
    { idempotency_key: keys } as NotificationTypes.FilterableNotificationProps,
    { take: keys.length, order: { created_at: "ASC" } }
  )
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
