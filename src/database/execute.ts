import type { Context } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import type { EntityManager, Knex } from "@medusajs/framework/mikro-orm/knex"

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
 * @throws MedusaError where the method lacks Medusa's `@InjectManager` decorator
 */
export async function execute<Row>(
  context: ModuleContext,
  sql: string,
  parameters: Parameter[] = []
): Promise<Row[]> {
  const manager = context.transactionManager ?? context.manager
  if (!manager) {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      "The module was called without an entity manager."
    )
  }
  // Typed by hand: MikroORM hands the transaction on untyped.
  const knex: Knex = manager.getTransactionContext() ?? manager.getKnex()
  const { rows } = await knex.raw<{ rows: Row[] }>(
    sql,
    // Knex takes arrays as well; its type forgets those of strings alone.
    parameters as unknown as Knex.RawBinding[]
  )
  return rows
}
