import fc from "fast-check"
import { attemptKeys, occasionOf } from "../mail-attempts"

describe("the attempts of a mail", () => {
  it("have keys of their own, and one occasion", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z:_-]{1,30}$/), (key) => {
        const keys = attemptKeys(key)
        expect(keys[0]).toBe(key)
        expect(new Set(keys).size).toBe(5)
        expect(new Set(keys.map(occasionOf))).toEqual(new Set([key]))
      })
    )
  })
})
