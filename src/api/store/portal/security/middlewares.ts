import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody } from "../../../_lib/validate"
import { validatedGet } from "../../../_lib/validated-get"
import { noBody, noQuery } from "../subscriptions/validators"
import {
  accountSchema,
  emailChangeSchema,
  emailConfirmSchema,
  mfaRemoveSchema,
  mfaVerifySchema,
  passwordSchema,
} from "./validators"

const ROOT = "/store/portal/security"

const body = (
  path: string,
  schema: Parameters<typeof validateBody>[0],
  method: "POST" | "DELETE" = "POST"
): MiddlewareRoute => ({
  matcher: `${ROOT}/${path}`,
  methods: [method],
  middlewares: [validateBody(schema)],
})

/** Password, address, second factor, and how a customer signs in. */
export const storeSecurityMiddlewares: MiddlewareRoute[] = [
  validatedGet(ROOT, noQuery),
  body("password", passwordSchema),
  body("account", accountSchema),
  body("email-change", emailChangeSchema),
  body("email-change/confirm", emailConfirmSchema),
  body("mfa/enroll", noBody),
  body("mfa/verify", mfaVerifySchema),
  body("mfa/recovery-codes", noBody),
  body("mfa/factors/:id", mfaRemoveSchema, "DELETE"),
]
