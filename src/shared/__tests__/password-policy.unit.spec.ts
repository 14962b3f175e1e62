import fc from "fast-check"
import { COMMON_PASSWORDS } from "../common-passwords"
import { passwordProblem } from "../password-policy"

const policy = { minLength: 8, maxLength: 256, refuseCommon: true }

describe("passwordProblem", () => {
  it.each([
    ["seven77", "too_short"],
    ["👍👍👍👍👍👍👍", "too_short"],
    ["password", "too_common"],
    ["PassWord", "too_common"],
    [" password ", "too_common"],
    ["ababababab".replace(/b/g, "a"), "too_common"],
    ["clara@shop.test", "too_common"],
    ["x1".repeat(129), "too_long"],
    ["ü".repeat(513), "too_long"],
    ["x".repeat(1_000_000), "too_long"],
    ["x1".repeat(33), null],
    ["  correct horse  ", null],
    ["пароль из слов", null],
  ])("judges %p", (password, expected) => {
    expect(passwordProblem(password, policy, "Clara@shop.test")).toBe(expected)
  })

  it("takes whatever is long enough and not known", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 60 }), (password) => {
        const known =
          COMMON_PASSWORDS.has(password.trim().toLowerCase()) ||
          new Set(password.trim().toLowerCase()).size <= 1
        expect(passwordProblem(password, policy) === null).toBe(!known)
      })
    )
  })

  it("refuses each of the list, and none where it should not look", () => {
    for (const password of COMMON_PASSWORDS) {
      expect(password.length).toBeGreaterThanOrEqual(8)
      expect(passwordProblem(password, policy)).toBe("too_common")
      expect(
        passwordProblem(password, { ...policy, refuseCommon: false })
      ).toBeNull()
    }
  })
})
