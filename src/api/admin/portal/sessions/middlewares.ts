import type { MiddlewareRoute } from "@medusajs/framework/http"
import { requirePolicy } from "../../../_lib/require-policy"
import { validateBody } from "../../../_lib/validate"
import { validatedGet } from "../../../_lib/validated-get"
import { noQuery } from "../../../store/portal/subscriptions/validators"
import {
  createSessionSchema,
  listSessionsQuery,
  revokeSchema,
} from "./validators"

const ROOT = "/admin/portal/sessions"

export const adminPortalSessionMiddlewares: MiddlewareRoute[] = [
  {
    matcher: ROOT,
    methods: ["GET"],
    middlewares: [requirePolicy("read")],
  },
  {
    matcher: `${ROOT}/:id`,
    methods: ["GET"],
    middlewares: [requirePolicy("read")],
  },
  validatedGet(ROOT, listSessionsQuery),
  validatedGet(`${ROOT}/:id`, noQuery),
  {
    matcher: ROOT,
    methods: ["POST"],
    middlewares: [requirePolicy("create"), validateBody(createSessionSchema)],
  },
  {
    matcher: `${ROOT}/:id/revoke`,
    methods: ["POST"],
    middlewares: [requirePolicy("revoke"), validateBody(revokeSchema)],
  },
  {
    matcher: "/admin/portal/customers/:id/revoke-sessions",
    methods: ["POST"],
    middlewares: [requirePolicy("revoke"), validateBody(revokeSchema)],
  },
]
