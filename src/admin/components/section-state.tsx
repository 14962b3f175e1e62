import { ExclamationCircle } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { useTexts } from "../hooks/use-texts"

/** Grey bars where rows will be. */
export function SectionSkeleton({ rows = 3 }: { rows?: number }) {
  const { t } = useTexts()
  return (
    <div
      className="flex flex-col gap-y-4 px-6 py-4"
      role="status"
      aria-label={t("common.loading")}
    >
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className="bg-ui-bg-component h-5 w-full animate-pulse rounded-[4px]"
        />
      ))}
    </div>
  )
}

/** What went wrong, in its place: the rest of the page stays usable. */
export function SectionError(props: { error: Error; onRetry: () => unknown }) {
  const { t } = useTexts()
  return (
    <div className="flex items-start gap-x-2 px-6 py-4" role="alert">
      <ExclamationCircle className="text-ui-fg-error mt-0.5 shrink-0" />
      <div className="flex flex-col items-start gap-y-2">
        <Text size="small" className="text-ui-fg-subtle">
          {t("common.loadFailed", { message: props.error.message })}
        </Text>
        <Button
          size="small"
          variant="secondary"
          onClick={() => void props.onRetry()}
        >
          {t("common.retry")}
        </Button>
      </div>
    </div>
  )
}
