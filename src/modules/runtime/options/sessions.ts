import { z } from "@medusajs/framework/zod"

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

const linkSecret = z.strictObject({
  /** Stands in the link, so that a retired secret still opens its links. */
  kid: z.string().regex(/^[a-z0-9-]{1,20}$/, {
    error: "must be lower-case letters, digits and -, at most 20",
  }),
  /** At least 32 characters. */
  secret: z.string().min(32),
})

/** Lifetimes are real seconds, not the test clock's. */
export const sessionsSchema = z
  .strictObject({
    /**
     * How long a portal link can be opened, in seconds.
     * @default 600
     */
    linkSeconds: z.number().int().min(MINUTE).max(DAY).default(600),
    /** Longest life of a session, in seconds. @default 3600 */
    absoluteSeconds: z.number().int().min(MINUTE).max(DAY).default(HOUR),
    /**
     * Seconds without a request after which a session ends.
     * @default 900
     */
    idleSeconds: z.number().int().min(MINUTE).max(DAY).default(900),
    /**
     * How long the link of a mail about something lasting (a failed payment, a
     * card that expires) can still mail a fresh one, in seconds.
     * @default 604800 (7 days)
     */
    recoverSeconds: z
      .number()
      .int()
      .min(0)
      .max(90 * DAY)
      .default(7 * DAY),
    /** Links not yet opened that one customer may have. @default 10 */
    maxPendingLinks: z.number().int().min(1).max(100).default(10),
    /**
     * Secrets that sign links; the first signs, the others only verify. By
     * default a key is derived from Medusa's `http.jwtSecret`.
     */
    linkSecrets: z.array(linkSecret).max(10).default([]),
    /**
     * Where the link carries its token. `"query"` is for storefronts that must
     * see it on the server: it then stands in logs and in `Referer`.
     * @default "fragment"
     */
    linkStyle: z.enum(["fragment", "query"]).default("fragment"),
    /**
     * Days after which ended sessions, events and counters are deleted.
     * @default 90
     */
    retentionDays: z.number().int().min(1).max(3650).default(90),
  })
  .prefault({})
