import { Select } from "@medusajs/ui"
import type { AdminPortalTenant } from "../../../types/portal-admin-http"
import { useTexts } from "../../hooks/use-texts"

/** Which brand of the store. */
export function TenantSelect(props: {
  tenants: readonly AdminPortalTenant[]
  value: string | undefined
  onChange: (id: string) => void
}) {
  const { t } = useTexts()
  return (
    <Select size="small" value={props.value} onValueChange={props.onChange}>
      <Select.Trigger aria-label={t("access.brand")}>
        <Select.Value placeholder={t("access.brand")} />
      </Select.Trigger>
      <Select.Content>
        {props.tenants.map(({ id, branding }) => (
          <Select.Item key={id} value={id}>
            {branding.name || id}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  )
}
