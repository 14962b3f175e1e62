import { findTemplate, matchPath, type PathValues } from "../api/path-template"
import { chargeRoutes } from "./charges"
import { customerRoutes } from "./customers"
import { eventRoutes } from "./events"
import { paymentIntentRoutes } from "./payment-intents"
import { paymentMethodRoutes } from "./payment-methods"
import { refundRoutes } from "./refunds"
import type { Route } from "./route"
import { setupIntentRoutes } from "./setup-intents"

const ROUTES: Route[] = [
  ...chargeRoutes,
  ...customerRoutes,
  ...eventRoutes,
  ...paymentIntentRoutes,
  ...paymentMethodRoutes,
  ...refundRoutes,
  ...setupIntentRoutes,
]

/** The endpoint for a request, if the double has it. */
export function findRoute(
  method: string,
  path: string
): { route: Route; values: PathValues } | undefined {
  const candidates = ROUTES.filter((route) => route.method === method)
  const template = findTemplate(
    candidates.map((route) => route.path),
    path
  )
  const route = candidates.find((one) => one.path === template)
  const values = template ? matchPath(template, path) : undefined
  return route && values ? { route, values } : undefined
}
