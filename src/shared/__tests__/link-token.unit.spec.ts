import fc from "fast-check"
import { linkKey, mintLink, readLink } from "../link-token"

const claims = {
  link_id: "psess_1",
  tenant_id: "default",
  customer_id: "cus_1",
  expires: 1_900_000_000,
}
const key = linkKey("k1", "a secret of at least 32 characters")
const other = linkKey("k1", "another secret, also 32 characters")

const anyClaims = fc.record({
  link_id: fc.string({ maxLength: 60 }),
  tenant_id: fc.string({ maxLength: 60 }),
  customer_id: fc.string({ maxLength: 60 }),
  expires: fc.integer(),
})

describe("a link's token", () => {
  it("comes back as it was made", () => {
    fc.assert(
      fc.property(anyClaims, (made) => {
        const { token, nonce_hash } = mintLink(key, made)
        expect(readLink([key], token)).toEqual({ ...made, nonce_hash })
      })
    )
  })

  it("holds with any one character changed for none of the keys", () => {
    const { token } = mintLink(key, claims)
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, character) => {
          fc.pre(token[at] !== character)
          const changed = token.slice(0, at) + character + token.slice(at + 1)
          expect(readLink([key, other], changed)).toBeNull()
        }
      ),
      { numRuns: 2_000 }
    )
  })

  it("is not read with another key of the same name", () => {
    expect(readLink([other], mintLink(key, claims).token)).toBeNull()
  })

  it("is read with a retired key as long as it is listed", () => {
    const retired = linkKey("k0", "a retired secret, 32 characters!!")
    const { token } = mintLink(retired, claims)
    expect(readLink([key, retired], token)).toMatchObject(claims)
    expect(readLink([key], token)).toBeNull()
  })

  it("never has the same random part twice", () => {
    const hashes = Array.from(
      { length: 1_000 },
      () => mintLink(key, claims).nonce_hash
    )
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it("is nothing for anything else", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readLink([key], value)).toBeNull()
      })
    )
    for (const value of [
      "ppl_1",
      "ppl_1...",
      "ppl_1.k1..",
      "ppl_1.__proto__.e30.x",
      "x".repeat(1_001),
    ]) {
      expect(readLink([key], value)).toBeNull()
    }
  })

  it("is signed with a key that is not the secret itself", () => {
    const secret = "a secret of at least 32 characters"
    expect(Buffer.from(key.key).toString("utf8")).not.toContain(secret)
    expect(key.key).toHaveLength(32)
  })
})
