import { Table } from "@medusajs/ui"
import type { ReactNode } from "react"

/** Figures in rows: the first column names them, the others are numbers. */
export function FiguresTable(props: {
  columns: string[]
  rows: { key: string; cells: ReactNode[] }[]
}) {
  return (
    // Scrolls by keyboard as well.
    <div className="max-h-80 overflow-auto" tabIndex={0} role="group">
      <Table>
        <Table.Header>
          <Table.Row>
            {props.columns.map((column, index) => (
              <Table.HeaderCell
                key={index}
                className={index ? "text-end" : undefined}
              >
                {column}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {props.rows.map(({ key, cells }) => (
            <Table.Row key={key}>
              {cells.map((cell, index) => (
                <Table.Cell
                  key={index}
                  className={index ? "text-end tabular-nums" : undefined}
                >
                  {cell}
                </Table.Cell>
              ))}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}
