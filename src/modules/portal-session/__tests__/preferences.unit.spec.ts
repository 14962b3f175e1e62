import {
  forbiddenChoices,
  isWanted,
  MAIL_CATEGORIES,
  MAIL_CATEGORY_NAMES,
} from "../domain/preferences"

describe("choices of mail", () => {
  it.each(MAIL_CATEGORY_NAMES)(
    "%s follows the choice unless required",
    (name) => {
      const rule = MAIL_CATEGORIES[name]
      expect(isWanted(name, {})).toBe(rule.default)
      expect(isWanted(name, { [name]: true })).toBe(true)
      expect(isWanted(name, { [name]: false })).toBe(rule.required)
    }
  )

  it("keeps what is required on", () => {
    expect(forbiddenChoices({})).toEqual([])
    expect(forbiddenChoices({ security: true, marketing: false })).toEqual([])
    expect(forbiddenChoices({ security: false, payments: false })).toEqual([
      "payments",
      "security",
    ])
  })
})
