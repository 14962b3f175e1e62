import type { PortalRouteRule } from "./portal-routes"

const ROOT = "/store/portal/subscriptions"

/** Routes of one subscription, which a session for that one may reach. */
const ofOne = (
  needs: "subscriptions:r" | "subscriptions:w",
  routes: readonly string[]
): Record<string, PortalRouteRule> =>
  Object.fromEntries(
    routes.map((route) => {
      const [method = "", path = ""] = route.split(" ")
      return [
        `${method} ${ROOT}/:id${path}`,
        { needs, object: "subscription_id" as const },
      ]
    })
  )

/** Every route below `/store/portal/subscriptions`. */
export const SUBSCRIPTION_ROUTES: Record<string, PortalRouteRule> = {
  [`GET ${ROOT}`]: { needs: "subscriptions:r" },
  ...ofOne("subscriptions:r", [
    "GET",
    "GET /next-charge",
    "GET /schedule",
    "GET /cycles",
    "GET /timeline",
    "GET /usage",
    "GET /cancellation",
    "POST /address/preview",
    "POST /add-once/preview",
    "POST /resubscribe/preview",
    "POST /change/preview",
    "POST /billing-day/preview",
  ]),
  ...ofOne("subscriptions:w", [
    "POST /cancel",
    "POST /accept-offer",
    "POST /reactivate",
    "POST /address",
    "POST /add-once",
    "POST /resubscribe",
    "DELETE /add-once/:line_id",
    "POST /change",
    "DELETE /change",
    "POST /billing-day",
    "POST /pause",
    "POST /resume",
    "POST /skip",
    "POST /unskip",
    "POST /reschedule",
    "POST /order-now",
    "POST /retry-payment",
    "POST /payment-method",
  ]),
}
