import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** Rows of an entity as Medusa's query answers them, with the given shape. */
export async function find<Row>(
  container: MedusaContainer,
  entity: string,
  fields: string[],
  filters: Record<string, unknown> = {}
): Promise<Row[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity, fields, filters })
  return data as Row[]
}

/** The first element; an empty list is a mistake of the seed. */
export function first<Row>(rows: Row[] | undefined, what: string): Row {
  const row = rows?.[0]
  if (row === undefined) {
    throw new Error(`The seed found no ${what}`)
  }
  return row
}
