/** Query keys as the dashboard builds them: all › lists › list, all › details › detail. */
function queryKeys(name: string) {
  const all = [name] as const
  return {
    all,
    lists: () => [...all, "list"] as const,
    list: (query: object) => [...all, "list", query] as const,
    detail: (id: string, part?: string, query?: object) =>
      [...all, "detail", id, part, query].filter(
        (key) => key !== undefined
      ) as unknown[],
  }
}

export const subscriptionKeys = queryKeys("portal_subscriptions")
export const planKeys = queryKeys("portal_subscription_plans")
