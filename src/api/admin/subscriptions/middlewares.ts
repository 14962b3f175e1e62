import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody } from "../../_lib/validate"
import { schedulePreviewSchema } from "./validators"

export const adminSubscriptionMiddlewares: MiddlewareRoute[] = [
  {
    matcher: "/admin/subscriptions/schedule-preview",
    methods: ["POST"],
    middlewares: [validateBody(schedulePreviewSchema)],
  },
]
