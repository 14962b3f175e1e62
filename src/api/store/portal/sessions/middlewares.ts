import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody } from "../../../_lib/validate"
import { validatedGet } from "../../../_lib/validated-get"
import { loginRequestSchema, verifySchema } from "../login-requests/validators"
import { completeTaskSchema } from "../session/complete/validators"
import { mfaSchema, stepUpSchema } from "../session/validators"
import { noBody, noQuery } from "../subscriptions/validators"
import { exchangeSchema, linkSchema } from "./validators"

const post = (
  matcher: string,
  schema: Parameters<typeof validateBody>[0]
): MiddlewareRoute => ({
  matcher,
  methods: ["POST"],
  middlewares: [validateBody(schema)],
})

/** Links, sign-in mails and the session itself. */
export const storePortalSessionMiddlewares: MiddlewareRoute[] = [
  post("/store/portal/login-requests", loginRequestSchema),
  post("/store/portal/login-requests/:id/verify", verifySchema),
  post("/store/portal/sessions/preview", linkSchema),
  post("/store/portal/sessions/exchange", exchangeSchema),
  post("/store/portal/sessions/recover", linkSchema),
  post("/store/portal/sessions/from-customer", noBody),
  post("/store/portal/session/mfa", mfaSchema),
  post("/store/portal/session/step-up", stepUpSchema),
  post("/store/portal/session/complete", completeTaskSchema),
  validatedGet("/store/portal/session", noQuery),
  validatedGet("/store/portal/security/sessions", noQuery),
]
