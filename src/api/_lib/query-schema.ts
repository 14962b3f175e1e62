/** What the queries of our routes are made of. Every value comes as text. */
import { z } from "@medusajs/framework/zod"

const ID = /^[\w-]{1,100}$/
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(9999, 11, 31)

/** Rows of a page where the caller does not say. */
export const DEFAULT_LIMIT = 15
/** A limit without a cap lets a few callers stop a store. */
export const MAX_LIMIT = 100
const MAX_OFFSET = 1_000_000

/** A whole number: digits only, so neither 1e3 nor an empty text is one. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: "must be a whole number" })
    .transform(Number)
    .pipe(z.number().min(min).max(max))

/** Text that PostgreSQL can take: it knows no NUL. */
export const text = (max = 200) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !value.includes("\0"), { error: "must not hold NUL" })

/** An id of Medusa's or ours. */
export const id = z.string().regex(ID, { error: "must be an id" })

/** Whether a path's segment can be an id at all. */
export const isId = (value: string | undefined): value is string =>
  value !== undefined && ID.test(value)

/** An instant as ISO 8601 with `Z` or an offset, as a `Date`. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine((value) => value.getTime() >= EARLIEST && value.getTime() <= LATEST, {
    error: "must lie between 1900 and 9999",
  })

/** One value or several: `a`, `a,b`, or the key repeated. */
export const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (typeof value === "string" ? value.split(",") : value),
    z.array(item).min(1).max(50)
  )

/** `field` and `-field` of each field: ascending and descending. */
export const order = <const F extends string>(fields: readonly F[]) =>
  z.enum(fields.flatMap((field): (F | `-${F}`)[] => [field, `-${field}`]))

/** `limit` and `offset` of every list. */
export const page = {
  limit: whole(1, MAX_LIMIT).default(DEFAULT_LIMIT),
  offset: whole(0, MAX_OFFSET).default(0),
}
