import { MedusaError } from "@medusajs/framework/utils"
import { getHttpResponseFromError } from "@medusajs/framework/http"
import {
  isPortalErrorCode,
  PORTAL_ERRORS,
  type PortalErrorCode,
} from "../codes"
import { portalError } from "../portal-error"

const codes = Object.keys(PORTAL_ERRORS) as PortalErrorCode[]

describe("the table of errors", () => {
  it.each(codes)("%s is snake_case and keeps code and message", (code) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
    const { type, message, status } = PORTAL_ERRORS[code]
    const { body, statusCode } = getHttpResponseFromError(portalError(code))
    expect(body).toEqual({ type, code, message })
    // What only Medusa's own handler sees is at least of the same class.
    expect(Math.floor(statusCode / 100)).toBe(Math.floor(status / 100))
  })

  it("knows its codes and nothing else", () => {
    expect(isPortalErrorCode("rate_limited")).toBe(true)
    expect(isPortalErrorCode("toString")).toBe(false)
    expect(isPortalErrorCode(undefined)).toBe(false)
  })
})

describe("portalError", () => {
  it("is a Medusa error with the given message and details", () => {
    const error = portalError("plan_archived", {
      message: "Gone since May.",
      details: { plan_id: "plan_1" },
    })
    expect(error).toBeInstanceOf(MedusaError)
    expect(error).toMatchObject({
      type: "not_allowed",
      code: "plan_archived",
      message: "Gone since May.",
      details: { plan_id: "plan_1" },
    })
    expect(portalError("plan_archived")).not.toHaveProperty("details")
  })

  it("keeps of a cause what can be stored as JSON", () => {
    const cause = Object.assign(new TypeError("boom"), { request: {} })
    cause.request = { self: cause, headers: { authorization: "secret" } }
    const error = portalError("not_allowed", { cause })
    const stored = JSON.stringify({ ...error })
    expect(stored).toContain("boom")
    expect(stored).not.toContain("secret")
    expect(portalError("not_allowed", { cause: "why" }).cause).toEqual({
      message: "why",
    })
  })
})
