import { isFields, type FormFields, type FormValue } from "../http/form"
import type { Schema } from "./description"

/** What is wrong with one parameter, in the words of Stripe. */
export interface Fault {
  code?: string
  message: string
  param: string
}

/**
 * Checks a form value against the schema of its parameter. Form values are
 * strings, so numbers and booleans are judged by how they are written.
 */
export function checkValue(
  schema: Schema,
  value: FormValue,
  param: string
): Fault[] {
  if (schema.anyOf) {
    return checkAnyOf(schema.anyOf, value, param)
  }
  if (schema.enum) {
    return checkEnum(schema.enum, value, param)
  }
  switch (schema.type) {
    case "object":
      return isFields(value)
        ? checkFields(schema, value, param)
        : [{ message: "Invalid object", param }]
    case "array":
      return checkArray(schema, value, param)
    default:
      return checkScalar(schema, value, param)
  }
}

/** Checks named values: unknown, missing and wrong ones. */
export function checkFields(
  schema: Schema,
  fields: FormFields,
  parent?: string
): Fault[] {
  const properties = schema.properties ?? {}
  const nameOf = (name: string) => (parent ? `${parent}[${name}]` : name)
  const absent = (schema.required ?? [])
    .filter((name) => fields[name] === undefined)
    .map((name) => ({
      code: "parameter_missing",
      message: `Missing required param: ${nameOf(name)}.`,
      param: nameOf(name),
    }))
  const wrong = Object.entries(fields).flatMap(([name, value]) => {
    const known = properties[name] ?? schema.additionalProperties
    if (known && known !== true && value !== undefined) {
      return checkValue(known, value, nameOf(name))
    }
    return known ? [] : [unknownParameter(nameOf(name))]
  })
  return [...absent, ...wrong]
}

function checkAnyOf(
  choices: Schema[],
  value: FormValue,
  param: string
): Fault[] {
  const results = choices.map((choice) => checkValue(choice, value, param))
  const best = results.reduce((a, b) => (b.length < a.length ? b : a))
  return best
}

function checkEnum(
  allowed: (string | boolean)[],
  value: FormValue,
  param: string
): Fault[] {
  if (typeof value === "string" && allowed.map(String).includes(value)) {
    return []
  }
  return value === ""
    ? [emptyParameter(param)]
    : [
        {
          message: `Invalid ${param}: must be one of ${allowed.join(", ")}`,
          param,
        },
      ]
}

function checkArray(schema: Schema, value: FormValue, param: string): Fault[] {
  if (!Array.isArray(value)) {
    return [{ message: "Invalid array", param }]
  }
  const { items } = schema
  return items
    ? value.flatMap((item, index) =>
        checkValue(items, item, `${param}[${index}]`)
      )
    : []
}

function checkScalar(schema: Schema, value: FormValue, param: string): Fault[] {
  if (typeof value !== "string") {
    return [{ message: `Invalid ${schema.type ?? "value"}`, param }]
  }
  if (schema.type === "string" || schema.type === undefined) {
    return checkLength(schema, value, param)
  }
  if (value === "") {
    return [emptyParameter(param)]
  }
  if (schema.type === "boolean") {
    return value === "true" || value === "false"
      ? []
      : [{ message: `Invalid boolean: ${value}`, param }]
  }
  const written = schema.type === "integer" ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/
  return written.test(value)
    ? []
    : [
        {
          code: "parameter_invalid_integer",
          message: `Invalid ${schema.type}: ${value}`,
          param,
        },
      ]
}

function checkLength(schema: Schema, value: string, param: string): Fault[] {
  const { maxLength } = schema
  return maxLength !== undefined && value.length > maxLength
    ? [
        {
          message: `Invalid string: must be at most ${maxLength} characters`,
          param,
        },
      ]
    : []
}

function unknownParameter(param: string): Fault {
  return {
    code: "parameter_unknown",
    message: `Received unknown parameter: ${param}`,
    param,
  }
}

function emptyParameter(param: string): Fault {
  return {
    code: "parameter_invalid_empty",
    message: `You passed an empty string for '${param}', which cannot be unset.`,
    param,
  }
}
