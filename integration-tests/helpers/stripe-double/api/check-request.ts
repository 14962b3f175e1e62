import type { FormFields } from "../http/form"
import { checkFields, type Fault } from "./check-value"
import type { ApiDescription, Operation, Schema } from "./description"
import { findTemplate } from "./path-template"

/** Parameters younger than the description, and why they may be sent. */
const YOUNGER_PARAMETERS: Record<string, Record<string, string>> = {
  "POST /v1/payment_intents": {
    payment_method_configuration:
      "since 2023-10; @medusajs/payment-stripe sends its option of this name",
  },
  "POST /v1/payment_methods": {
    allow_redisplay: "since 2024-04; part of API version 2024-04-10",
  },
  "POST /v1/payment_methods/{payment_method}": {
    allow_redisplay: "since 2024-04; part of API version 2024-04-10",
  },
  "GET /v1/customers/{customer}/payment_methods": {
    allow_redisplay: "since 2024-04; part of API version 2024-04-10",
  },
}

/** Whether the description knows this method of this path. */
export function describes(
  description: ApiDescription,
  method: string,
  path: string
): boolean {
  return operationOf(description, method, path) !== undefined
}

/** Everything the description has to say against a request. */
export function checkRequest(
  description: ApiDescription,
  method: string,
  path: string,
  fields: FormFields
): Fault[] {
  const found = operationOf(description, method, path)
  if (!found) {
    return [
      { message: `Unrecognized request URL (${method}: ${path}).`, param: "" },
    ]
  }
  const younger = YOUNGER_PARAMETERS[`${method} ${found.template}`] ?? {}
  const judged = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !(name in younger))
  )
  return checkFields(requestSchema(found.operation, method), judged)
}

function operationOf(
  description: ApiDescription,
  method: string,
  path: string
): { template: string; operation: Operation } | undefined {
  const template = findTemplate(Object.keys(description.paths), path)
  const operation = template
    ? description.paths[template]?.[method.toLowerCase()]
    : undefined
  return template && operation ? { template, operation } : undefined
}

function requestSchema(operation: Operation, method: string): Schema {
  if (method === "POST") {
    const content = Object.values(operation.requestBody?.content ?? {})
    return content[0]?.schema ?? {}
  }
  const inQuery = (operation.parameters ?? []).filter(
    (parameter) => parameter.in === "query"
  )
  return {
    type: "object",
    properties: Object.fromEntries(
      inQuery.map((parameter) => [parameter.name, parameter.schema])
    ),
    required: inQuery
      .filter((parameter) => parameter.required)
      .map((parameter) => parameter.name),
  }
}
