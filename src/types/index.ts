export * from "./events"
export * from "./runtime-http"
export * from "./subscription"
export * from "./subscription-http"
