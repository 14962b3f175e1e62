import fc from "fast-check"
import { codeMatches, hashCode, mintCode, normaliseCode } from "../short-code"

describe("a short code", () => {
  it("has eight characters that nobody confuses, each equally likely", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const code = mintCode(() => bytes)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
      })
    )
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 256; byte++) {
      const code = mintCode(() => new Uint8Array(8).fill(byte))
      const first = code.charAt(0)
      counts.set(first, (counts.get(first) ?? 0) + 1)
    }
    expect([...new Set(counts.values())]).toEqual([8])
    expect(counts.size).toBe(32)
  })

  it("is read as people type it", () => {
    expect(normaliseCode(" 7k3q-zx9m ")).toBe("7K3QZX9M")
    expect(normaliseCode("OIL0-0000")).toBe("01100000")
    for (const typed of ["", "7K3QZX9", "7K3QZX9MM", "7K3QZX9U", "💥💥💥💥"]) {
      expect(normaliseCode(typed)).toBeNull()
    }
  })

  it("survives its own normalisation", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const code = mintCode(() => bytes)
        expect(normaliseCode(`${code.slice(0, 4)}-${code.slice(4)}`)).toBe(code)
      })
    )
  })

  it("is found by its hash, and nothing else is", async () => {
    const stored = await hashCode("7K3QZX9M")
    expect(stored).not.toContain("7K3QZX9M")
    expect(await hashCode("7K3QZX9M")).not.toBe(stored)
    expect(await codeMatches("7K3QZX9M", stored)).toBe(true)
    expect(await codeMatches("7K3QZX9N", stored)).toBe(false)
    expect(await codeMatches(null, stored)).toBe(false)
    expect(await codeMatches("7K3QZX9M", null)).toBe(false)
    expect(await codeMatches("", null)).toBe(false)
    expect(await codeMatches("7K3QZX9M", "nonsense")).toBe(false)
  })
})
