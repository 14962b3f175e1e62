import type { RouteRow } from "./route-values"

/** What staff do with many subscriptions at once, or with none yet. */
export const SUBSCRIPTION_ADMIN_ROUTES: Record<string, RouteRow> = {
  "GET /admin/subscriptions/metrics": {
    actor: "admin",
    wrongQueries: [
      "from=2030-02-30",
      "from=2030-01-01T00:00:00Z",
      "from=2030-02-01&to=2030-01-31",
      "from=2030-01-01&to=2031-02-05",
      "from=1000-01-01&to=1000-01-02",
      "to=9999-12-31",
      "to[]=2030-01-01&to[]=2030-01-02",
      "currency_code=euro",
      "currency_code=%00",
      "unknown=1",
    ],
  },
}
