import { z } from "@medusajs/framework/zod"

const secondFactor = z.strictObject({
  method: z.enum(["totp", "recovery_code"]).default("totp"),
  code: z.string().min(1).max(64),
})

/** Body of `POST /store/portal/session/mfa`. */
export const mfaSchema = secondFactor
export type MfaBody = z.infer<typeof mfaSchema>

/** Body of `POST /store/portal/session/step-up`. */
export const stepUpSchema = z.union([
  z.strictObject({ password: z.string().min(1).max(256) }),
  secondFactor,
])
export type StepUpBody = z.infer<typeof stepUpSchema>
