import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody } from "../../_lib/validate"
import { adminPortalSessionMiddlewares } from "./sessions/middlewares"
import { emptySchema, setTestClockSchema } from "./validators"

export const adminPortalMiddlewares: MiddlewareRoute[] = [
  ...adminPortalSessionMiddlewares,
  {
    matcher: "/admin/portal/test-clock",
    methods: ["POST"],
    middlewares: [validateBody(setTestClockSchema)],
  },
  {
    matcher: "/admin/portal/jobs/:name/run",
    methods: ["POST"],
    middlewares: [validateBody(emptySchema)],
  },
]
