import fc from "fast-check"
import { hashToken, mintToken, parseToken, secretsEqual } from "../token"

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
const prefix = fc.constantFrom("pss_", "pll_", "pgt_")

describe("mintToken", () => {
  it("has a fixed length and parses under its own prefix only", () => {
    fc.assert(
      fc.property(bytes, prefix, prefix, (random, own, other) => {
        const token = mintToken(own, () => random)
        expect(token).toHaveLength(own.length + 43)
        expect(parseToken(own, token)).toBe(token)
        expect(parseToken(other, token)).toBe(own === other ? token : null)
      })
    )
  })

  it("keeps every bit", () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const same = Buffer.compare(a, b) === 0
        expect(mintToken("t_", () => a) === mintToken("t_", () => b)).toBe(same)
      })
    )
    const flip = (bit: number) =>
      mintToken("t_", (size) => {
        const random = new Uint8Array(size)
        random[bit >> 3] = 1 << (bit & 7)
        return random
      })
    const tokens = Array.from({ length: 256 }, (_, bit) => flip(bit))
    expect(new Set(tokens).size).toBe(256)
  })

  it("takes the system's randomness", () => {
    const tokens = Array.from({ length: 100 }, () => mintToken("pss_"))
    expect(new Set(tokens).size).toBe(100)
  })

  it("refuses a source that gives too little", () => {
    expect(() => mintToken("pss_", () => new Uint8Array(16))).toThrow()
  })
})

describe("parseToken", () => {
  const token = mintToken("pss_")

  it.each([
    undefined,
    null,
    42,
    {},
    [token],
    "",
    "pss_",
    ` ${token}`,
    `${token} `,
    `${token}\n`,
    `${token}a`,
    token.slice(0, -1),
    `${token.slice(0, -1)}-`,
    token.toUpperCase(),
  ])("takes %j for none", (value) => {
    expect(parseToken("pss_", value)).toBeNull()
  })

  it("never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseToken("pss_", value)).toBeNull()
      })
    )
  })
})

describe("hashToken", () => {
  it("is SHA-256 in hex", () => {
    expect(hashToken("abc")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
  })
})

describe("secretsEqual", () => {
  it("agrees with ===", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(secretsEqual(a, b)).toBe(a === b)
        expect(secretsEqual(a, a)).toBe(true)
      })
    )
  })
})
