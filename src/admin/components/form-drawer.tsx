import { KeyboundForm, RouteDrawer } from "@medusajs/dashboard/components"
import { Button, clx } from "@medusajs/ui"
import type { FormEvent, ReactNode } from "react"
import type { FieldValues, UseFormReturn } from "react-hook-form"
import { useTexts } from "../hooks/use-texts"

/** A form in a drawer: its fields, and buttons to leave and to send it. */
export function FormDrawer<Values extends FieldValues>(props: {
  form: UseFormReturn<Values>
  /** `form.handleSubmit(…)` */
  onSubmit: (event: FormEvent) => Promise<void>
  /** What sending it does. */
  action: string
  isPending: boolean
  className?: string
  children: ReactNode
}) {
  const { t } = useTexts()
  const { form, onSubmit, action, isPending, className, children } = props
  return (
    <RouteDrawer.Form form={form}>
      <KeyboundForm
        onSubmit={(event) => void onSubmit(event)}
        className="flex flex-1 flex-col overflow-hidden"
      >
        <RouteDrawer.Body className={clx("flex-1 overflow-auto", className)}>
          {children}
        </RouteDrawer.Body>
        <RouteDrawer.Footer>
          <RouteDrawer.Close asChild>
            <Button size="small" variant="secondary" type="button">
              {t("common.cancel")}
            </Button>
          </RouteDrawer.Close>
          <Button size="small" type="submit" isLoading={isPending}>
            {action}
          </Button>
        </RouteDrawer.Footer>
      </KeyboundForm>
    </RouteDrawer.Form>
  )
}
