import type { Metadata } from "../model/objects"
import { invalidParams } from "./errors"
import { isFields, type FormFields, type FormValue } from "./form"

const METADATA_KEYS = 50
const METADATA_KEY_LENGTH = 40
const METADATA_VALUE_LENGTH = 500

/**
 * Typed access to the parameters of one request. `undefined` means the
 * parameter was not sent, `null` that it was sent empty, which unsets it.
 */
export class Params {
  private readonly seen = new Set<string>(["expand"])

  constructor(
    private readonly fields: FormFields,
    private readonly parent?: string
  ) {}

  /** Parameters that were sent and that nothing asked for. */
  unread(): string[] {
    return Object.keys(this.fields).filter((name) => !this.seen.has(name))
  }

  has(name: string): boolean {
    return this.take(name) !== undefined
  }

  isText(name: string): boolean {
    return typeof this.take(name) === "string"
  }

  text(name: string): string | null | undefined {
    const value = this.take(name)
    if (value === undefined) {
      return undefined
    }
    if (typeof value !== "string") {
      throw invalidParams(`Invalid string: ${this.path(name)}`, {
        param: this.path(name),
      })
    }
    return value === "" ? null : value
  }

  /** A text that cannot be unset, such as an id. */
  id(name: string): string | undefined {
    const value = this.text(name)
    if (value === null) {
      throw invalidParams(
        `You passed an empty string for '${this.path(name)}', which cannot be unset.`,
        { code: "parameter_invalid_empty", param: this.path(name) }
      )
    }
    return value
  }

  /** One of the words; others are left to the check against the API. */
  word<Word extends string>(
    name: string,
    words: readonly Word[]
  ): Word | undefined {
    const value = this.text(name)
    return words.find((word) => word === value)
  }

  integer(name: string): number | undefined {
    const value = this.text(name)
    if (value === undefined || value === null) {
      return undefined
    }
    if (!/^-?\d+$/.test(value)) {
      throw invalidParams(`Invalid integer: ${value}`, {
        code: "parameter_invalid_integer",
        param: this.path(name),
      })
    }
    return Number(value)
  }

  flag(name: string): boolean {
    return this.text(name) === "true"
  }

  list(name: string): string[] | undefined {
    const value = this.take(name)
    if (value === undefined) {
      return undefined
    }
    const items = isFields(value) ? Object.values(value) : value
    if (!Array.isArray(items)) {
      throw invalidParams("Invalid array", { param: this.path(name) })
    }
    return items.filter((item): item is string => typeof item === "string")
  }

  nested(name: string): Params | null | undefined {
    const value = this.take(name)
    if (value === undefined) {
      return undefined
    }
    if (value === "") {
      return null
    }
    if (!isFields(value)) {
      throw invalidParams("Invalid object", { param: this.path(name) })
    }
    return new Params(value, this.path(name))
  }

  /** `current` after the request: keys merge, an empty value removes. */
  metadata(current: Metadata): Metadata {
    const sent = this.take("metadata")
    if (sent === undefined) {
      return current
    }
    if (!isFields(sent)) {
      return {}
    }
    const merged = new Map(Object.entries(current))
    for (const [key, value] of Object.entries(sent)) {
      assertMetadata(key, value)
      if (value === "") {
        merged.delete(key)
      } else {
        merged.set(key, value)
      }
    }
    if (merged.size > METADATA_KEYS) {
      throw invalidParams(`Metadata can only have up to ${METADATA_KEYS} keys`)
    }
    return Object.fromEntries(merged)
  }

  private take(name: string): FormValue | undefined {
    this.seen.add(name)
    return this.fields[name]
  }

  private path(name: string): string {
    return this.parent ? `${this.parent}[${name}]` : name
  }
}

function assertMetadata(
  key: string,
  value: FormValue | undefined
): asserts value is string {
  const param = `metadata[${key}]`
  if (typeof value !== "string") {
    throw invalidParams("Metadata values must be strings", { param })
  }
  if (key.length > METADATA_KEY_LENGTH) {
    throw invalidParams(
      `Metadata keys can have up to ${METADATA_KEY_LENGTH} characters`,
      { param }
    )
  }
  if (value.length > METADATA_VALUE_LENGTH) {
    throw invalidParams(
      `Metadata values can have up to ${METADATA_VALUE_LENGTH} characters`,
      { param }
    )
  }
}
