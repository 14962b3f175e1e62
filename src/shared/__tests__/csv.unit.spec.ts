import { csvLine } from "../csv"

describe("a line of CSV", () => {
  it("quotes what would break it", () => {
    expect(csvLine(["a", 1.5, null, 'b "c"', "d,e", "f\ng", "h;i"])).toBe(
      'a,1.5,,"b ""c""","d,e","f\ng","h;i"\r\n'
    )
  })

  it.each(["=1+1", "+49 40", "-1", "@SUM(A1)", "\tx", "\r=1"])(
    "never begins a formula: %j",
    (text) => {
      expect(csvLine([text]).replace(/^"/, "")).toMatch(/^'/)
    }
  )

  it("leaves numbers as they are, also below nothing", () => {
    expect(csvLine([-5])).toBe("-5\r\n")
  })
})
