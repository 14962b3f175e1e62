import { Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { SectionError, SectionSkeleton } from "./section-state"

type SectionProps<Data> = {
  heading: string
  subheading?: ReactNode
  /** What stands at the end of the header. */
  actions?: ReactNode
  query: {
    data: Data | undefined
    error: Error | null
    refetch: () => unknown
  }
  skeletonRows?: number
  children: (data: Data) => ReactNode
}

/** A section of a page that loads what it shows by itself. */
export function Section<Data>(props: SectionProps<Data>) {
  const { data, error, refetch } = props.query
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between gap-x-4 px-6 py-4">
        <Heading level="h2">{props.heading}</Heading>
        {props.subheading && (
          <Text size="small" className="text-ui-fg-subtle">
            {props.subheading}
          </Text>
        )}
        {props.actions}
      </div>
      {data !== undefined ? (
        props.children(data)
      ) : error ? (
        <SectionError error={error} onRetry={refetch} />
      ) : (
        <SectionSkeleton rows={props.skeletonRows} />
      )}
    </Container>
  )
}
