import { authenticate, type MiddlewareRoute } from "@medusajs/framework/http"
import { validateQuery } from "../../_lib/validate"
import { listOffersSchema } from "./validators"

export const storeProductPlanMiddlewares: MiddlewareRoute[] = [
  {
    matcher: "/store/products/:id/subscription-plans",
    methods: ["GET"],
    middlewares: [
      // Anybody may ask; a signed-in customer sees the prices of their groups.
      authenticate("customer", ["session", "bearer"], {
        allowUnauthenticated: true,
      }),
      validateQuery(listOffersSchema),
    ],
  },
]
