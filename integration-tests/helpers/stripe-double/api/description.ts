import { existsSync, readFileSync } from "node:fs"
import path from "node:path"

/** The part of JSON Schema that Stripe's API description uses. */
export interface Schema {
  $ref?: string
  type?: "array" | "boolean" | "integer" | "number" | "object" | "string"
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: Schema[]
  enum?: (string | boolean)[]
  maxLength?: number
  nullable?: boolean
}

/** A parameter in the path or in the query string. */
export interface Parameter {
  name: string
  in: "path" | "query"
  required?: boolean
  schema: Schema
}

/** One method of one path. */
export interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content: Record<string, { schema: Schema }> }>
}

/** Stripe's OpenAPI description, or a subset of it. */
export interface ApiDescription {
  paths: Record<string, Partial<Record<string, Operation>>>
  components: { schemas: Record<string, Schema> }
}

/** Where the description is: beside the checkout, it is not part of it. */
export const DESCRIPTION_FILE = path.resolve(
  __dirname,
  "../../../../../shared/stripe/openapi-2023-09-12.subset.json"
)

/** Reads the description; without the file there is nothing to check. */
export function loadApiDescription(
  file: string = DESCRIPTION_FILE
): ApiDescription | undefined {
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as ApiDescription)
    : undefined
}
