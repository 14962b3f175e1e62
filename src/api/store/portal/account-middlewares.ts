import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
  MiddlewareRoute,
} from "@medusajs/framework/http"
import { validateBody } from "../../_lib/validate"
import { validatedGet } from "../../_lib/validated-get"
import {
  acceptSchema,
  addressSchema,
  inviteSchema,
  membersQuery,
  preferencesSchema,
  profileSchema,
  roleSchema,
} from "./account-validators"
import { noBody, noQuery } from "./subscriptions/validators"

const ROOT = "/store/portal"

const post = (
  path: string,
  schema: Parameters<typeof validateBody>[0]
): MiddlewareRoute => ({
  matcher: `${ROOT}${path}`,
  methods: ["POST"],
  middlewares: [validateBody(schema)],
})

/** Profile, addresses, preferences, export, overview, members. */
export const storeAccountMiddlewares: MiddlewareRoute[] = [
  ...[
    "/profile",
    "/addresses",
    "/addresses/:id",
    "/communication-preferences",
    "/overview",
    "/entitlements",
    "/data-export",
    "/accounts",
  ].map((path) => validatedGet(`${ROOT}${path}`, noQuery)),
  validatedGet(`${ROOT}/members`, membersQuery),
  post("/profile", profileSchema),
  post("/addresses", addressSchema),
  post("/addresses/:id", addressSchema),
  post("/communication-preferences", preferencesSchema),
  post("/members", inviteSchema),
  post("/members/accept", acceptSchema),
  {
    matcher: `${ROOT}/members/:id`,
    methods: ["POST"],
    middlewares: [unlessAccept(validateBody(roleSchema))],
  },
  post("/members/:id/resend", noBody),
  post("/accounts/:id/session", noBody),
]

/** The middleware of `/members/:id` sees `/members/accept` as well. */
function unlessAccept(middleware: ReturnType<typeof validateBody>) {
  return (
    req: MedusaRequest,
    res: MedusaResponse,
    next: MedusaNextFunction
  ): unknown =>
    req.params.id === "accept" ? next() : middleware(req, res, next)
}
