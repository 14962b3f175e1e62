import { useQueryParams } from "@medusajs/dashboard/hooks"

export const PAGE_SIZE = 20

/** What the table has written into the address of the page. */
export function useTableQuery<Filter extends string>(filters: Filter[]) {
  const params = useQueryParams(["q", "offset", "order", ...filters])
  const chosen = filters.map((filter) => [filter, values(params[filter])])
  return {
    limit: PAGE_SIZE,
    offset: Number(params.offset) || 0,
    order: params.order,
    q: params.q,
    ...(Object.fromEntries(chosen) as Record<Filter, string[] | undefined>),
  }
}

/** Written by the table, or by hand: `["active"]`, `active`. */
function values(text: string | undefined): string[] | undefined {
  if (!text) {
    return undefined
  }
  try {
    const parsed: unknown = JSON.parse(text)
    return (Array.isArray(parsed) ? parsed : [parsed]).map(String)
  } catch {
    return [text]
  }
}
