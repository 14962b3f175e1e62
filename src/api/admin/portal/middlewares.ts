import type { MiddlewareRoute } from "@medusajs/framework/http"
import { requirePolicy } from "../../_lib/require-policy"
import { validateBody } from "../../_lib/validate"
import { validatedGet } from "../../_lib/validated-get"
import { noQuery } from "../../store/portal/subscriptions/validators"
import { eventsQuery } from "./events/validators"
import { metricsQuery } from "./metrics/validators"
import { adminPortalSessionMiddlewares } from "./sessions/middlewares"
import { emptySchema, setTestClockSchema } from "./validators"

export const adminPortalMiddlewares: MiddlewareRoute[] = [
  ...adminPortalSessionMiddlewares,
  ...["metrics", "events", "settings"].map((name): MiddlewareRoute => ({
    matcher: `/admin/portal/${name}`,
    methods: ["GET"],
    middlewares: [requirePolicy("read")],
  })),
  validatedGet("/admin/portal/metrics", metricsQuery),
  validatedGet("/admin/portal/events", eventsQuery),
  validatedGet("/admin/portal/settings", noQuery),
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
