/** What the packed smoke test calls in the fresh store. */
export type SmokeRoute = {
  /** Who calls: a shop visitor who is not signed in, or an administrator. */
  as: "visitor" | "admin"
  path: string
  status: number
  /** What the body must be like. */
  body: (body: Record<string, unknown>) => boolean
}

export const ROUTES: SmokeRoute[] = [
  {
    as: "visitor",
    path: "/store/portal/subscriptions",
    status: 401,
    body: ({ type, code, message }) =>
      type === "unauthorized" &&
      code === "unauthorized" &&
      typeof message === "string",
  },
  {
    as: "admin",
    path: "/admin/subscription-plans",
    status: 200,
    body: ({ subscription_plans: plans, count }) =>
      Array.isArray(plans) && count === 0,
  },
]
