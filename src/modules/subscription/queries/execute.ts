import type { Context } from "@medusajs/framework/types"
import type { EntityManager } from "@medusajs/framework/mikro-orm/knex"

/** The context that Medusa's decorators hand to a module's method. */
export type ModuleContext = Context<EntityManager>

/** What a value in SQL may be; objects go in as JSON text. */
type Parameter = string | number | boolean | Date | null | readonly string[]

/**
 * Runs one SQL statement, in the caller's transaction where there is one.
 * `?` are the parameters' places. They travel apart from the statement: the
 * entity manager's own `execute` writes them into it, where a question mark in a
 * value would be taken for a place.
 *
 * @throws Error where the method lacks Medusa's `@InjectManager` decorator
 */
export async function execute<Row>(
  context: ModuleContext,
  sql: string,
  parameters: Parameter[] = []
): Promise<Row[]> {
  const manager = context.transactionManager ?? context.manager
  if (!manager) {
    throw new Error("The module was called without an entity manager.")
  }
  const knex = manager.getTransactionContext() ?? manager.getKnex()
  const result: { rows: Row[] } = await knex.raw(sql, parameters)
  return result.rows
}
