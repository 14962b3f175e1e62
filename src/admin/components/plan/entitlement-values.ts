import type { PlanEntitlement } from "../../../types/subscription"

/** An entitlement as typed. The value is JSON, or else text. */
export type EntitlementValues = { key: string; name: string; value: string }

export const NEW_ENTITLEMENT: EntitlementValues = {
  key: "",
  name: "",
  value: "",
}

export const entitlementValues = (
  entitlements: PlanEntitlement[] | null
): EntitlementValues[] =>
  (entitlements ?? []).map(({ key, name, value }) => ({
    key,
    name: name ?? "",
    value: textOf(value),
  }))

/** What the API takes; null: none. */
export function entitlementsOf(
  typed: EntitlementValues[]
): PlanEntitlement[] | null {
  const entitlements = typed.map(({ key, name, value }) => ({
    key: key.trim(),
    ...(name.trim() && { name: name.trim() }),
    ...(value.trim() && { value: valueOf(value.trim()) }),
  }))
  return entitlements.length ? entitlements : null
}

/** A text that reads like JSON is shown with its quotes, so that it stays text. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) {
    return ""
  }
  const isPlain = typeof value === "string" && valueOf(value) === value
  return isPlain ? value : JSON.stringify(value)
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
