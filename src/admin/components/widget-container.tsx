import { Container, Heading } from "@medusajs/ui"
import type { ReactNode } from "react"
import { SectionError } from "./section-state"

/** A card on one of the dashboard's own pages. An error stays inside of it. */
export function WidgetContainer(props: {
  heading: string
  error: Error | null
  onRetry: () => unknown
  children: ReactNode
}) {
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{props.heading}</Heading>
      </div>
      {props.error ? (
        <SectionError error={props.error} onRetry={props.onRetry} />
      ) : (
        props.children
      )}
    </Container>
  )
}
