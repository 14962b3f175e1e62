import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody, validateQuery } from "../../_lib/validate"
import {
  createPlanSchema,
  emptySchema,
  listPlansSchema,
  updatePlanSchema,
} from "./validators"

export const adminSubscriptionPlanMiddlewares: MiddlewareRoute[] = [
  {
    matcher: "/admin/subscription-plans",
    methods: ["GET"],
    middlewares: [validateQuery(listPlansSchema)],
  },
  {
    matcher: "/admin/subscription-plans",
    methods: ["POST"],
    middlewares: [validateBody(createPlanSchema)],
  },
  {
    matcher: "/admin/subscription-plans/:id",
    methods: ["POST"],
    middlewares: [validateBody(updatePlanSchema)],
  },
  {
    matcher: "/admin/subscription-plans/:id/archive",
    methods: ["POST"],
    middlewares: [validateBody(emptySchema)],
  },
  {
    matcher: "/admin/subscription-plans/:id/activate",
    methods: ["POST"],
    middlewares: [validateBody(emptySchema)],
  },
]
