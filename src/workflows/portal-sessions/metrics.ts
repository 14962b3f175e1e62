import type { MedusaContainer } from "@medusajs/framework/types"
import { daysOf, shareOf } from "../../modules/portal-session/domain/metrics"
import type { MetricsCounts } from "../../modules/portal-session/metrics-service"
import {
  TICKET_CATEGORIES,
  type CategoryDeflection,
  type PortalMetrics,
  type TicketCategory,
} from "../../types/portal-admin-http"
import { portalOptions, portalSessions } from "./services"

/** How the portal did within a range; see docs/guides/metrics.md. */
export async function portalMetrics(
  container: MedusaContainer,
  range: { tenant_id?: string; from: Date; to: Date; window_hours: number }
): Promise<PortalMetrics> {
  const { timezone } = portalOptions(container)
  const counts = await portalSessions(container).countMetrics({
    ...range,
    timezone,
  })
  const { groups, links, tasks } = counts
  const total = groups.find(({ is_total }) => is_total)
  const redeemed = total?.redeemed ?? 0
  const flows = groups.flatMap(({ flow, redeemed: sessions, without_task }) =>
    flow ? [{ flow, sessions, abandoned: without_task }] : []
  )
  const [worst] = [...flows].sort((a, b) => b.abandoned - a.abandoned)
  const byDate = new Map(groups.map((group) => [group.date, group]))
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    timezone,
    tenant_id: range.tenant_id ?? null,
    window_hours: range.window_hours,
    completion: shareOf(total?.completed ?? 0, redeemed),
    leakage: shareOf(total?.leaked ?? 0, redeemed),
    deflection: deflectionOf(counts),
    redemption: shareOf(links.created_opened, links.created),
    expired_links: shareOf(links.late, links.tried),
    recovery: shareOf(links.recovered, links.late),
    step_up_drop_off: shareOf(total?.mfa_missing ?? 0, total?.mfa_needed ?? 0),
    median_seconds_to_task: total?.median_seconds ?? null,
    tasks: tasks.map(({ followed, category, ...task }) => ({
      ...task,
      category: categoryOf(category),
      ticket_followed: followed,
    })),
    flows,
    top_abandoned_flow: worst?.abandoned ? worst.flow : null,
    days: daysOf(range, timezone).map((date) => {
      const day = byDate.get(date)
      return {
        date,
        redeemed: day?.redeemed ?? 0,
        completed: day?.completed ?? 0,
        leaked: day?.leaked ?? 0,
      }
    }),
  }
}

function deflectionOf(counts: MetricsCounts): PortalMetrics["deflection"] {
  const categories = TICKET_CATEGORIES.map((category): CategoryDeflection => {
    const solved = counts.tasks
      .filter((task) => task.category === category)
      .reduce((sum, { completed, followed }) => sum + completed - followed, 0)
    const tickets =
      counts.tickets.find((row) => row.category === category)?.tickets ?? 0
    const { rate } = shareOf(solved, solved + tickets)
    return { category, solved, tickets, rate }
  })
  const solved = categories.reduce((sum, row) => sum + row.solved, 0)
  const tickets = categories.reduce((sum, row) => sum + row.tickets, 0)
  const { rate } = shareOf(solved, solved + tickets)
  return { is_estimate: true, solved, tickets, rate, categories }
}

function categoryOf(value: string | null): TicketCategory | null {
  return TICKET_CATEGORIES.find((category) => category === value) ?? null
}
