import { parse } from "qs"

/** A value of a form: Stripe's wire format knows only strings. */
export type FormValue = string | FormValue[] | FormFields

/** Named values of a form, `a[b]=c` being `{ a: { b: "c" } }`. */
export interface FormFields {
  [name: string]: FormValue | undefined
}

/** Reads `application/x-www-form-urlencoded` with bracket nesting. */
export function parseForm(encoded: string): FormFields {
  return parse(encoded, {
    depth: 10,
    parameterLimit: 1000,
    arrayLimit: 100,
    plainObjects: true,
  })
}

/** Whether the value is `a[b]=…`, not a text and not a list. */
export function isFields(value: FormValue | undefined): value is FormFields {
  return typeof value === "object" && !Array.isArray(value)
}
