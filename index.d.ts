import "@medusajs/admin-shared"

export * from "./.medusa/server/src/types/index"

// The widget zones that the plugin's own admin pages offer to other plugins
// are added here as the pages appear, so that `defineWidgetConfig` knows them.
declare module "@medusajs/admin-shared" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface InjectionZoneRegistry {}
}
