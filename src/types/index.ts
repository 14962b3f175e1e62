export * from "./subscription"
