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
/** Apart from the subscription's: after an action its preview is of no use. */
export const previewKeys = queryKeys("portal_subscription_previews")
export const planKeys = queryKeys("portal_subscription_plans")
export const portalSessionKeys = queryKeys("portal_sessions")
export const portalSettingsKeys = queryKeys("portal_settings")
export const portalMetricsKeys = queryKeys("portal_metrics")
