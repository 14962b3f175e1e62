import { MedusaError, serializeError } from "@medusajs/framework/utils"
import { CodedError } from "../../shared/coded-error"
import {
  respondWithPortalError,
  toPortalErrorResponse,
  withPortalErrors,
} from "../error-handler"
import { portalError } from "../portal-error"

function response(headersSent = false) {
  return {
    headersSent,
    status: jest.fn(),
    setHeader: jest.fn(),
    json: jest.fn(),
  }
}

const refusal = portalError("expected_status", {
  details: { status: "active" },
})
const refusalBody = {
  type: "not_allowed",
  code: "expected_status",
  message: "The status has changed in the meantime.",
  details: { status: "active" },
}

describe("toPortalErrorResponse", () => {
  it.each([
    ["an error", refusal],
    ["a workflow's copy of it", serializeError(refusal)],
    [
      "a copy that went through JSON",
      JSON.parse(JSON.stringify(serializeError(refusal))),
    ],
    [
      "a pure error",
      new CodedError("expected_status", undefined, { status: "active" }),
    ],
    [
      "a pure error's copy",
      serializeError(
        new CodedError("expected_status", undefined, { status: "active" })
      ),
    ],
  ])("answers %s with the table's status", (_, error) => {
    expect(toPortalErrorResponse(error)).toEqual({
      status: 409,
      body: refusalBody,
    })
  })

  it.each([
    [MedusaError.Types.INVALID_DATA, 400, "validation_failed"],
    [MedusaError.Types.NOT_ALLOWED, 400, "not_allowed"],
    [MedusaError.Types.UNAUTHORIZED, 401, "unauthorized"],
    [MedusaError.Types.FORBIDDEN, 403, "forbidden"],
    [MedusaError.Types.NOT_FOUND, 404, "not_found"],
  ])(
    "gives Medusa's %s without a code the general one",
    (type, status, code) => {
      expect(toPortalErrorResponse(new MedusaError(type, "Why."))).toEqual({
        status,
        body: { type, code, message: "Why." },
      })
    }
  )

  it.each([
    ["an unexpected state", new MedusaError("unexpected_state", "secret")],
    [
      "another's code",
      new MedusaError("not_allowed", "x", "insufficient_inventory"),
    ],
    [
      "a stranger that has our code",
      { code: "rate_limited", type: "StripeError" },
    ],
    ["a plain error", new Error("secret")],
    ["a name of Object's", { type: "toString", message: "x" }],
    ["text", "route"],
    ["nothing", undefined],
    ["null", null],
  ])("leaves %s to Medusa", (_, error) => {
    expect(toPortalErrorResponse(error)).toBeUndefined()
  })

  it("falls back to the table's message and drops odd details", () => {
    const error = { code: "not_found", type: "not_found", details: ["x"] }
    expect(toPortalErrorResponse(error)?.body).toEqual({
      type: "not_found",
      code: "not_found",
      message: "Not found.",
    })
  })
})

describe("respondWithPortalError", () => {
  it("repeats retry_after in body and header", () => {
    const res = response()
    const error = portalError("rate_limited", { details: { retry_after: 30 } })
    expect(respondWithPortalError(error, res)).toBe(true)
    expect(res.status).toHaveBeenCalledWith(429)
    expect(res.setHeader).toHaveBeenCalledWith("Retry-After", "30")
    expect(res.json).toHaveBeenCalledWith(
      expect.objectContaining({ code: "rate_limited", retry_after: 30 })
    )
  })

  it("does not answer twice", () => {
    const res = response(true)
    expect(respondWithPortalError(refusal, res)).toBe(false)
    expect(res.json).not.toHaveBeenCalled()
  })
})

describe("withPortalErrors", () => {
  const throwing = (error: unknown) => () => {
    throw error
  }

  it.each([
    ["throws", throwing(refusal)],
    ["rejects", () => Promise.reject(refusal)],
    [
      "hands on",
      (_: unknown, __: unknown, next: (error: unknown) => void) =>
        next(refusal),
    ],
  ])("answers an error that the handler %s", async (_, handler) => {
    const res = response()
    const next = jest.fn()
    await withPortalErrors(handler)({}, res, next)
    expect(res.status).toHaveBeenCalledWith(409)
    expect(res.json).toHaveBeenCalledWith(refusalBody)
    expect(next).not.toHaveBeenCalled()
  })

  it("hands any other error on", async () => {
    const res = response()
    const next = jest.fn()
    const error = new Error("boom")
    await withPortalErrors(throwing(error))({}, res, next)
    expect(next).toHaveBeenCalledWith(error)
    expect(res.json).not.toHaveBeenCalled()
  })

  it("lets a middleware go on, and keeps its name", async () => {
    const next = jest.fn()
    const guard = withPortalErrors(function guard(_req, _res, proceed) {
      proceed()
    })
    await guard({}, response(), next)
    expect(next).toHaveBeenCalledTimes(1)
    expect(guard.name).toBe("guard")
  })
})
