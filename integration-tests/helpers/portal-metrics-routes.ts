import {
  IDS,
  NO_QUERY,
  NO_TEXT,
  PAGE,
  wrong,
  type RouteRow,
} from "./route-values"

const RANGE = "from=2030-01-01T00:00:00Z&to=2030-02-01T00:00:00Z"

/** Rows of the routes that tell what happened in the portal. */
export const PORTAL_METRICS_ROUTES: Record<string, RouteRow> = {
  "GET /admin/portal/metrics": {
    actor: "admin",
    wrongQueries: [
      "",
      "from=2030-01-01T00:00:00Z",
      "from=2030-01-01&to=2030-02-01",
      "from=2030-02-01T00:00:00Z&to=2030-01-01T00:00:00Z",
      "from=2030-01-01T00:00:00Z&to=2030-01-01T00:00:00Z",
      "from=2030-01-01T00:00:00Z&to=2031-02-06T00:00:00Z",
      ...IDS("tenant_id").map((query) => `${RANGE}&${query}`),
      ...["window_hours=0", "window_hours=48", "unknown=1", "limit=1"].map(
        (query) => `${RANGE}&${query}`
      ),
    ],
  },
  "GET /admin/portal/events": {
    actor: "admin",
    wrongQueries: [
      ...PAGE,
      ...["customer_id", "session_id", "tenant_id"].flatMap(IDS),
      "type=%00",
      "type[x]=link_sent",
      "from=2030-01-01",
      "to=2030-02-30T00:00:00Z",
    ],
  },
  "GET /admin/portal/settings": { actor: "admin", wrongQueries: NO_QUERY },
  "POST /store/portal/session/complete": {
    actor: "customer",
    body: { task: "order_viewed" },
    wrongBodies: [
      ...wrong("task", ...NO_TEXT, "", "\0", "x".repeat(101)),
      ...wrong("session_id", "psess_1"),
      ...wrong("unknown", 1),
    ],
  },
}
