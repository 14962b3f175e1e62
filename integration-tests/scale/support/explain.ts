import type { PortalTestApp } from "../../helpers"

/** One step of PostgreSQL's plan for a statement. */
export type PlanStep = { type: string; relation?: string; index?: string }

type Node = {
  "Node Type": string
  "Relation Name"?: string
  "Index Name"?: string
  Plans?: Node[]
}

/** How PostgreSQL would run a statement, its steps in one list. */
export async function explain(
  app: PortalTestApp,
  sql: string,
  bindings: unknown[]
): Promise<PlanStep[]> {
  const [row] = await app.db<{ "QUERY PLAN": [{ Plan: Node }] }>(
    `explain (format json) ${sql}`,
    bindings
  )
  return row ? steps(row["QUERY PLAN"][0].Plan) : []
}

function steps(node: Node): PlanStep[] {
  return [
    {
      type: node["Node Type"],
      relation: node["Relation Name"],
      index: node["Index Name"],
    },
    ...(node.Plans ?? []).flatMap(steps),
  ]
}
