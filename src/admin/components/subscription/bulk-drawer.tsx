import {
  KeyboundForm,
  RouteDrawer,
  useRouteModal,
} from "@medusajs/dashboard/components"
import { Alert, Button, Heading, Text, toast } from "@medusajs/ui"
import { useIsFetching, useQueryClient } from "@tanstack/react-query"
import { useForm } from "react-hook-form"
import { useSearchParams } from "react-router-dom"
import type { AdminSubscriptionListResponse } from "../../../types/subscription-http"
import type { BulkResult } from "../../../types/subscription-staff-http"
import { useBulkAction } from "../../hooks/api/subscription-actions"
import { useErrorText } from "../../hooks/use-error-text"
import { useTexts } from "../../hooks/use-texts"
import { subscriptionKeys } from "../../lib/query-keys"
import {
  bodyOfAction,
  effectOf,
  startValues,
  type ActionValues,
} from "../../lib/subscription-actions"
import { ActionFields } from "./action-fields"

type BulkActionName = "pause" | "cancel"

/** Pauses or cancels the subscriptions that the address names. */
export function BulkDrawer({ action }: { action: BulkActionName }) {
  const { t } = useTexts()
  const [params] = useSearchParams()
  const ids = [...new Set((params.get("ids") ?? "").split(",").filter(Boolean))]
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t(`bulk.${action}.title`, { count: ids.length })}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="txt-small text-ui-fg-subtle">
          {`${t(`action.${action}.text`)} ${t("bulk.text")}`}
        </RouteDrawer.Description>
      </RouteDrawer.Header>
      <BulkForm action={action} ids={ids} />
    </RouteDrawer>
  )
}

function BulkForm({ action, ids }: { action: BulkActionName; ids: string[] }) {
  const { t } = useTexts()
  const errorText = useErrorText()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending, data } = useBulkAction()
  const form = useForm<ActionValues>({
    defaultValues: startValues(action, { next_charge: null }),
  })
  const isComplete = effectOf(action, form.watch()) !== null
  const refused = data?.results.filter(({ status }) => status === "refused")

  const submit = form.handleSubmit((values) => {
    mutate(
      { action, ids, ...bodyOfAction(action, values) },
      {
        onSuccess: ({ done, refused: left }) => {
          toast.success(t("bulk.done", { count: done }))
          if (!left) {
            handleSuccess()
          }
        },
        onError: (error) => {
          toast.error(errorText(error))
        },
      }
    )
  })

  return (
    <RouteDrawer.Form form={form}>
      <KeyboundForm
        onSubmit={(event) => void submit(event)}
        className="flex flex-1 flex-col overflow-hidden"
      >
        <RouteDrawer.Body className="flex flex-1 flex-col gap-y-6 overflow-auto">
          {refused ? (
            <Refusals refused={refused} />
          ) : (
            <>
              <Chosen ids={ids} />
              <ActionFields action={action} />
            </>
          )}
        </RouteDrawer.Body>
        <RouteDrawer.Footer>
          <RouteDrawer.Close asChild>
            <Button size="small" variant="secondary" type="button">
              {t("common.close")}
            </Button>
          </RouteDrawer.Close>
          {!refused && (
            <Button
              size="small"
              type="submit"
              variant={action === "cancel" ? "danger" : "primary"}
              isLoading={isPending}
              disabled={!ids.length || !isComplete}
            >
              {t(`bulk.${action}.confirm`, { count: ids.length })}
            </Button>
          )}
        </RouteDrawer.Footer>
      </KeyboundForm>
    </RouteDrawer.Form>
  )
}

/** Which ones they are, by what the list has loaded. */
function Chosen({ ids }: { ids: string[] }) {
  const names = useNames()
  return (
    <ul className="bg-ui-bg-subtle shadow-borders-base max-h-40 divide-y overflow-auto rounded-lg">
      {ids.map((id) => (
        <li key={id} className="txt-small px-4 py-2">
          {names(id)}
        </li>
      ))}
    </ul>
  )
}

function Refusals({ refused }: { refused: BulkResult[] }) {
  const { t } = useTexts()
  const names = useNames()
  return (
    <>
      <Alert variant="warning">
        {t("bulk.refused", { count: refused.length })}
      </Alert>
      <ul className="flex flex-col gap-y-3">
        {refused.map((one) => (
          <li key={one.id}>
            <Text size="small" weight="plus">
              {names(one.id)}
            </Text>
            <Text size="small" className="text-ui-fg-subtle">
              {one.status === "refused" &&
                t(`error.${one.code}`, { defaultValue: one.code })}
            </Text>
          </li>
        ))}
      </ul>
    </>
  )
}

function useNames(): (id: string) => string {
  const client = useQueryClient()
  // After a reload the list behind the drawer comes later.
  useIsFetching({ queryKey: subscriptionKeys.lists() })
  const rows = client
    .getQueriesData<AdminSubscriptionListResponse>({
      queryKey: subscriptionKeys.lists(),
    })
    .flatMap(([, page]) => page?.subscriptions ?? [])
  return (id) => {
    const row = rows.find((one) => one.id === id)
    return row ? `${row.email} · ${row.plan.name}` : id
  }
}
