import { MAX_ENTITLEMENTS } from "../../../types/memberships-http"
import type { PlanEntitlement } from "../../../types/subscription"
import type { PlanIssue } from "./plan-issue"

const KEY = /^[a-z0-9][a-z0-9._:-]{0,63}$/
/** Of the value's JSON. */
const MAX_VALUE = 1_000

/**
 * What is wrong with a plan's entitlements.
 *
 * @example
 * entitlementIssues([{ key: "courses" }, { key: "courses" }])
 * // [{ path: "entitlements.1.key", message: "is there twice" }]
 */
export function entitlementIssues(
  entitlements: readonly PlanEntitlement[] | null
): PlanIssue[] {
  const given = entitlements ?? []
  const seen = new Set<string>()
  const issues: PlanIssue[] = []
  if (given.length > MAX_ENTITLEMENTS) {
    const message = `must be at most ${MAX_ENTITLEMENTS}`
    issues.push({ path: "entitlements", message })
  }
  given.forEach(({ key, value }, index) => {
    const path = `entitlements.${index}`
    if (!KEY.test(key)) {
      const message =
        "must be lower-case letters, digits and . _ : -, at most 64"
      issues.push({ path: `${path}.key`, message })
    }
    if (seen.has(key)) {
      issues.push({ path: `${path}.key`, message: "is there twice" })
    }
    seen.add(key)
    if (value !== undefined && JSON.stringify(value).length > MAX_VALUE) {
      const message = `must be at most ${MAX_VALUE} characters as JSON`
      issues.push({ path: `${path}.value`, message })
    }
  })
  return issues
}
