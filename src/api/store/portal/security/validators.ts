import { z } from "@medusajs/framework/zod"
import { id } from "../../../_lib/query-schema"

/** Bounded before anything is hashed; the policy says more. */
const password = z.string().min(1).max(1024)
const code = z.string().min(1).max(64)

/** Body of `POST /store/portal/security/password`. */
export const passwordSchema = z.strictObject({
  current_password: password,
  new_password: password,
})
export type PasswordBody = z.infer<typeof passwordSchema>

/** Body of `POST /store/portal/security/account`. */
export const accountSchema = z.strictObject({ password })
export type AccountBody = z.infer<typeof accountSchema>

/** Body of `POST /store/portal/security/email-change`. */
export const emailChangeSchema = z.strictObject({
  email: z.email().max(254),
  current_password: password.optional(),
})
export type EmailChangeBody = z.infer<typeof emailChangeSchema>

/** Body of `POST /store/portal/security/email-change/confirm`. */
export const emailConfirmSchema = z.strictObject({
  side: z.enum(["old", "new"]),
  code,
})
export type EmailConfirmBody = z.infer<typeof emailConfirmSchema>

/** Body of `POST /store/portal/security/mfa/verify`. */
export const mfaVerifySchema = z.strictObject({ factor_id: id, code })
export type MfaVerifyBody = z.infer<typeof mfaVerifySchema>

/** Body of `DELETE /store/portal/security/mfa/factors/:id`. */
export const mfaRemoveSchema = z.strictObject({
  method: z.enum(["totp", "recovery_code"]).default("totp"),
  code: code.optional(),
})
export type MfaRemoveBody = z.infer<typeof mfaRemoveSchema>
