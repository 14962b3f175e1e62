import {
  Button,
  Container,
  Heading,
  Text,
  toast,
  usePrompt,
} from "@medusajs/ui"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useRemoveOneOff } from "../../hooks/api/one-offs"
import { useErrorText } from "../../hooks/use-error-text"
import { useTexts } from "../../hooks/use-texts"

/** What comes once with the next order. Without any there is no section. */
export function OneOffSection({
  subscription,
}: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const prompt = usePrompt()
  const errorText = useErrorText()
  const { mutate, isPending } = useRemoveOneOff(subscription.id)
  const items = subscription.one_off_items
  if (!items.length) {
    return null
  }
  const remove = async (line: (typeof items)[number]) => {
    const isSure = await prompt({
      title: t("oneOff.removeTitle", { title: line.title }),
      description: t("oneOff.removeText"),
      confirmText: t("oneOff.remove"),
      cancelText: t("common.cancel"),
    })
    if (isSure) {
      mutate(line.id, {
        onSuccess: () => {
          toast.success(t("oneOff.removed"))
        },
        onError: (error) => {
          toast.error(errorText(error))
        },
      })
    }
  }
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("oneOff.heading")}</Heading>
      </div>
      {items.map((line) => (
        <div
          key={line.id}
          className="flex items-center justify-between gap-x-4 px-6 py-4"
        >
          <Text size="small" leading="compact">
            {t("oneOff.line", { count: line.quantity, title: line.title })}
          </Text>
          {line.cycle_id ? (
            <Text size="small" className="text-ui-fg-subtle">
              {t("oneOff.charging")}
            </Text>
          ) : (
            <Button
              size="small"
              variant="transparent"
              isLoading={isPending}
              onClick={() => void remove(line)}
            >
              {t("oneOff.remove")}
            </Button>
          )}
        </div>
      ))}
    </Container>
  )
}
