import { z } from "@medusajs/framework/zod"

const MAX_EMAIL = 320

/** Body of `POST /store/portal/login-requests`. */
export const loginRequestSchema = z.strictObject({
  email: z.string().trim().max(MAX_EMAIL).pipe(z.email()),
  return_url: z.string().max(2000).optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .max(20)
    .optional(),
})
export type LoginRequestBody = z.infer<typeof loginRequestSchema>

/** Body of `POST …/:id/verify`. */
export const verifySchema = z.strictObject({ code: z.string().min(1).max(40) })
export type VerifyBody = z.infer<typeof verifySchema>
