import fc from "fast-check"
import {
  MEMBER_ROLES,
  PORTAL_FLOWS,
  PORTAL_SCOPES,
} from "../../../types/portal-session"
import { flowObject, flowPath, FLOWS } from "../domain/flows"
import { isAllowedReturnUrl } from "../domain/return-url"
import {
  covers,
  LINK_SCOPES,
  READ_SCOPES,
  scopesOfRole,
} from "../domain/scopes"

describe("scopes", () => {
  it("lets who writes read, and never the other way round", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PORTAL_SCOPES),
        fc.constantFrom(...PORTAL_SCOPES),
        (granted, needed) => {
          const area = (scope: string) => scope.split(":")[0]
          const expected =
            granted === needed ||
            (area(granted) === area(needed) && granted.endsWith(":w"))
          expect(covers([granted], needed)).toBe(expected)
        }
      )
    )
    expect(covers([], "orders:r")).toBe(false)
  })

  it("never gives a link, a role or a flow the step-up's scope", () => {
    const all = [
      LINK_SCOPES,
      READ_SCOPES,
      ...MEMBER_ROLES.map(scopesOfRole),
      ...PORTAL_FLOWS.map((flow) => FLOWS[flow].scopes),
    ]
    for (const scopes of all) {
      expect(scopes).not.toContain("security:w")
    }
  })

  it("lets a viewer write nothing", () => {
    expect(scopesOfRole("viewer").every((scope) => scope.endsWith(":r"))).toBe(
      true
    )
  })

  it("lets billing managers pay and not invite", () => {
    const scopes = scopesOfRole("billing_manager")
    expect(scopes).toContain("payment_methods:w")
    expect(scopes).toContain("subscriptions:w")
    expect(scopes).not.toContain("members:w")
    expect(scopes).not.toContain("profile:w")
  })

  it("lets members keep to their own things", () => {
    const scopes = scopesOfRole("member")
    expect(scopes).toContain("tickets:w")
    expect(scopes).not.toContain("subscriptions:r")
    expect(scopes).not.toContain("payment_methods:r")
  })
})

describe("flows", () => {
  it.each(PORTAL_FLOWS)("%s starts at a path of its own object", (type) => {
    const { object, path } = FLOWS[type]
    expect(path.includes(":id")).toBe(object !== null)
    const flow = { type, data: object ? { [object]: "x/../y" } : {} }
    expect(flowPath(flow)).not.toContain("/../")
    expect(flowObject(flow)).toEqual(object && { kind: object, id: "x/../y" })
  })

  it("is about nothing where the object is not named", () => {
    expect(flowObject({ type: "order", data: {} })).toBeNull()
    expect(flowObject(null)).toBeNull()
    expect(flowPath(null)).toBe("/")
  })
})

describe("return addresses", () => {
  const origins = ["https://shop.test", "http://localhost:8000"]

  it.each([
    "https://shop.test",
    "https://shop.test/a?b=c#d",
    "http://localhost:8000/x",
    "HTTPS://SHOP.TEST/a",
  ])("goes to %s", (url) => {
    expect(isAllowedReturnUrl(url, origins, null)).toBe(true)
  })

  it("never leaves the listed origins, whatever is put around them", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const url = `${before}https://shop.test${after}`
        if (isAllowedReturnUrl(url, origins, null)) {
          expect(origins).toContain(new URL(url).origin)
        }
      }),
      { numRuns: 2_000 }
    )
  })

  it("keeps to the listed paths where there are some", () => {
    const paths = ["/account", "/shop/"]
    const go = (path: string) =>
      isAllowedReturnUrl(`https://shop.test${path}`, origins, paths)
    expect(go("/account")).toBe(true)
    expect(go("/account/x")).toBe(true)
    expect(go("/shop/x")).toBe(true)
    expect(go("/accounts")).toBe(false)
    expect(go("/login?next=https://evil.test")).toBe(false)
    expect(go("/account/../login")).toBe(false)
  })
})
