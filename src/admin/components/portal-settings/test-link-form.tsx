import { Form, useRouteModal } from "@medusajs/dashboard/components"
import { Input, toast } from "@medusajs/ui"
import { useForm } from "react-hook-form"
import { useSendTestLink } from "../../hooks/api/portal-access"
import { usePortalSettings } from "../../hooks/api/portal-settings"
import { useTexts } from "../../hooks/use-texts"
import { FormDrawer } from "../form-drawer"
import { TenantSelect } from "../portal-access/tenant-select"

type Values = { email: string; tenant_id?: string }

/** Only a customer can get a link: the address must be one's. */
export function TestLinkForm() {
  const { t } = useTexts()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useSendTestLink()
  const { data } = usePortalSettings()
  const tenants = (data?.settings.tenants ?? []).filter(
    ({ enabled }) => enabled
  )
  const form = useForm<Values>({ defaultValues: { email: "" } })

  const submit = form.handleSubmit(({ email, tenant_id }) => {
    mutate(
      { email: email.trim(), tenant_id: tenant_id ?? tenants[0]?.id },
      {
        onSuccess: (customer) => {
          if (!customer) {
            form.setError("email", { message: t("testLink.unknown") })
            return
          }
          toast.success(t("access.mailed", { email: customer.email }))
          handleSuccess()
        },
        onError: (error) => {
          toast.error(error.message)
        },
      }
    )
  })

  return (
    <FormDrawer
      form={form}
      onSubmit={submit}
      action={t("testLink.send")}
      isPending={isPending}
      className="flex flex-col gap-y-4"
    >
      <Form.Field
        control={form.control}
        name="email"
        rules={{ required: t("testLink.required") }}
        render={({ field }) => (
          <Form.Item>
            <Form.Label>{t("testLink.email")}</Form.Label>
            <Form.Control>
              <Input type="email" autoComplete="off" {...field} />
            </Form.Control>
            <Form.Hint>{t("testLink.hint")}</Form.Hint>
            <Form.ErrorMessage />
          </Form.Item>
        )}
      />
      {tenants.length > 1 && (
        <Form.Field
          control={form.control}
          name="tenant_id"
          render={({ field: { value, onChange } }) => (
            <Form.Item>
              <Form.Label>{t("access.brand")}</Form.Label>
              <TenantSelect
                tenants={tenants}
                value={value ?? tenants[0]?.id}
                onChange={onChange}
              />
            </Form.Item>
          )}
        />
      )}
    </FormDrawer>
  )
}
