/**
 * Restoring the database between tests cuts the connections of the pool. Knex
 * replaces them and tells the console each time; that is not worth a line.
 */
const log = console.log.bind(console)

console.log = (...args: unknown[]): void => {
  const [first] = args
  if (typeof first !== "string" || !first.startsWith("Connection Error:")) {
    log(...args)
  }
}
