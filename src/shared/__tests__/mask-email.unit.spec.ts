import fc from "fast-check"
import { maskEmail } from "../mask-email"

describe("maskEmail", () => {
  it.each([
    ["clara@shop.example", "c•••@shop.example"],
    ["a@b", "a•••@b"],
    ["no address", "•••"],
    ["@shop.example", "•••"],
    ["", "•••"],
  ])("shows of %p %p", (email, shown) => {
    expect(maskEmail(email)).toBe(shown)
  })

  it("never shows more than the first letter of the name", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const name = email.slice(0, email.lastIndexOf("@"))
        fc.pre(name.length > 1)
        expect(maskEmail(email).startsWith(name.slice(0, 2))).toBe(false)
      })
    )
  })
})
