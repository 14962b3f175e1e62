import fc from "fast-check"

import { contrast, isVisibleOn, readableOn } from "../colors"
import { resolveLocale } from "../locale"
import { oneLine, plainName } from "../plain-name"

const color = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`)

describe("colours", () => {
  it("can be read on every background", () => {
    fc.assert(
      fc.property(color, color, (background, wish) => {
        // Black or white: one of the two always has 4.5 to 1 at least.
        expect(
          contrast(background, readableOn(background, wish))
        ).toBeGreaterThanOrEqual(4.2)
      })
    )
  })

  it("keep a wish that can be read", () => {
    expect(readableOn("#ffffff", "#0f766e")).toBe("#0f766e")
    expect(readableOn("#ffffff", "#ffeb3b")).toBe("#111827")
    expect(readableOn("#111827", "#222222")).toBe("#ffffff")
  })

  it("have the contrast that WCAG gives in its examples", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21)
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2)
    expect(isVisibleOn("#ffffff", "#ffeb3b")).toBe(false)
    expect(isVisibleOn("#ffffff", "#0f766e")).toBe(true)
  })
})

describe("the language", () => {
  it.each([
    [["de-AT"], "de", "de-AT"],
    [["de_CH"], "de", "de-CH"],
    [["DE"], "de", "de"],
    [["pt-BR", "fr-CA"], "fr", "fr-CA"],
    [[null, undefined, "es"], "es", "es"],
    [["constructor", "__proto__", "toString"], "en", "en"],
    [["de-", "x".repeat(400), "<b>", ""], "en", "en"],
    [[], "en", "en"],
  ])("of %j is %s", (wishes, language, tag) => {
    expect(resolveLocale(...wishes)).toEqual({ language, tag })
  })
})

describe("a name", () => {
  it.each([
    ["Ada\r\nLovelace", "Ada Lovelace"],
    ["  Acme   Inc.  ", "Acme Inc."],
    ["J. R. R. Tolkien", "J. R. R. Tolkien"],
    ["a\u0000b\u202ec", "a b c"],
  ])("%j is %j", (value, expected) => {
    expect(plainName(value)).toBe(expected)
  })

  it("is never longer than a line, and breaks no character", () => {
    expect(Array.from(oneLine("😀".repeat(500)))).toHaveLength(100)
    expect(oneLine("😀".repeat(500))).toMatch(/^(😀)+…$/u)
  })

  it("holds no address", () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.emailAddress(), (url, email) => {
        expect(plainName(`x ${url} ${email}`)).not.toMatch(/:\/\/\w|\w\.\w|@\w/)
      })
    )
  })
})
