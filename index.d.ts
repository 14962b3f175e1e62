import "@medusajs/admin-shared"

export * from "./.medusa/server/src/types/index"

// The widget zones that the plugin's own admin pages offer to other plugins, so
// that `defineWidgetConfig` knows them.
declare module "@medusajs/admin-shared" {
  interface InjectionZoneRegistry {
    "portal_subscription.list": true
    "portal_subscription.metrics": true
    "portal_subscription.details": true
    "portal_subscription.details.side": true
    "portal_subscription_plan.list": true
    "portal_settings.details": true
    "portal_settings.details.side": true
  }
}
