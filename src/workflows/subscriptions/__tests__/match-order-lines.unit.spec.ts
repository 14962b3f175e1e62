import { matchOrderLines } from "../match-order-lines"
import { lineWith, rowWith } from "./fixtures"

const pairs = (...input: Parameters<typeof matchOrderLines>) =>
  matchOrderLines(...input).map(({ line, row }) => [line.id, row.id])

const pointer = (id: string) => ({ metadata: { portal_cart_item_id: id } })

describe("matchOrderLines", () => {
  it("follows the pointer", () => {
    const lines = [
      lineWith({ id: "once", metadata: null }),
      lineWith({ id: "subscribed" }),
    ]
    expect(pairs(lines, [rowWith()])).toEqual([["subscribed", "pcit_1"]])
  })

  it("gives a row to one line only", () => {
    const lines = [lineWith({ id: "a" }), lineWith({ id: "b" })]
    expect(pairs(lines, [rowWith()])).toEqual([["a", "pcit_1"]])
  })

  it("finds the row of a line that lost its pointer", () => {
    expect(pairs([lineWith({ metadata: {} })], [rowWith()])).toEqual([
      ["ordli_1", "pcit_1"],
    ])
  })

  it("goes by the price where pointers were swapped", () => {
    const lines = [
      lineWith({ id: "dear", unit_price: 20, ...pointer("cheap") }),
      lineWith({ id: "cheap", unit_price: 5, ...pointer("dear") }),
    ]
    const rows = [
      rowWith({ id: "dear", first_unit_price: 20 }),
      rowWith({ id: "cheap", first_unit_price: 5 }),
    ]
    expect(pairs(lines, rows)).toEqual([
      ["dear", "dear"],
      ["cheap", "cheap"],
    ])
  })

  it("never crosses to another variant", () => {
    const lines = [lineWith({ variant_id: "variant_2" })]
    expect(pairs(lines, [rowWith()])).toEqual([])
    expect(pairs([lineWith({ variant_id: null })], [rowWith()])).toEqual([])
  })

  it("takes a pointed row at another price when nothing else wants it", () => {
    expect(pairs([lineWith({ unit_price: 12 })], [rowWith()])).toEqual([
      ["ordli_1", "pcit_1"],
    ])
    expect(
      pairs([lineWith({ unit_price: 12, metadata: null })], [rowWith()])
    ).toEqual([])
  })
})
