import { z } from "@medusajs/framework/zod"
import {
  PORTAL_FLOWS,
  PORTAL_SCOPES,
  SESSION_STATUSES,
} from "../../../../types/portal-session"
import { id, oneOrMore, page, text } from "../../../_lib/query-schema"

const MINUTE = 60
const DAY = 86_400

const objectIds = z.strictObject({
  subscription_id: id.optional(),
  order_id: id.optional(),
  invoice_id: id.optional(),
  ticket_id: id.optional(),
  license_id: id.optional(),
  download_id: id.optional(),
})

/** Not `security:w`: that takes a step-up, and no link has it. */
const LINKABLE = PORTAL_SCOPES.filter((scope) => scope !== "security:w")

/** Body of `POST /admin/portal/sessions`. */
export const createSessionSchema = z.strictObject({
  customer_id: id,
  tenant_id: id.optional(),
  flow: z
    .strictObject({ type: z.enum(PORTAL_FLOWS), data: objectIds.default({}) })
    .optional(),
  scopes: z.array(z.enum(LINKABLE)).min(1).max(PORTAL_SCOPES.length).optional(),
  return_url: z.string().max(2000).optional(),
  /** Seconds in which the link can be opened. */
  redeem_ttl: z.number().int().min(MINUTE).max(DAY).optional(),
  /** Longest life of the session, in seconds. */
  session_ttl: z.number().int().min(MINUTE).max(DAY).optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .max(20)
    .optional(),
  after_completion: z
    .strictObject({
      type: z.enum(["redirect", "hosted_confirmation", "portal_homepage"]),
      end_session: z.boolean().default(false),
    })
    .optional(),
  after_expiration: z
    .strictObject({
      /** Seconds in which the expired link mails a fresh one. */
      recover_seconds: z
        .number()
        .int()
        .min(0)
        .max(90 * DAY),
    })
    .optional(),
  delivery: z.enum(["return", "email"]).default("return"),
  impersonate: z.boolean().optional(),
  invalidate_existing: z.boolean().optional(),
  reference: text(200).optional(),
})
export type CreateSessionBody = z.infer<typeof createSessionSchema>

/** Query of `GET /admin/portal/sessions`. */
export const listSessionsQuery = z.strictObject({
  ...page,
  customer_id: id.optional(),
  tenant_id: id.optional(),
  status: oneOrMore(z.enum(SESSION_STATUSES)).optional(),
})
export type ListSessionsQuery = z.infer<typeof listSessionsQuery>

/** Body of `POST …/revoke`. */
export const revokeSchema = z.strictObject({
  reason: text(100).default("admin"),
})
export type RevokeBody = z.infer<typeof revokeSchema>
