/** A cell of a table; null is an empty one. */
export type CsvCell = string | number | null

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",;\r\n]/

/**
 * A line of a CSV file (RFC 4180), with its end. Text that a spreadsheet would run
 * as a formula gets an apostrophe before it: what customers type is not trusted.
 *
 * @example
 * csvLine(["a,b", 1, null, "=1+1"]) // "\"a,b\",1,,'=1+1\r\n"
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`
}

function csvCell(cell: CsvCell): string {
  if (cell === null) {
    return ""
  }
  if (typeof cell === "number") {
    return String(cell)
  }
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
