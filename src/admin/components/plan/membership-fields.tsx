import { Combobox, Form } from "@medusajs/dashboard/components"
import { useComboboxData } from "@medusajs/dashboard/hooks"
import type { AdminCustomerGroupListResponse } from "@medusajs/framework/types"
import { Trash } from "@medusajs/icons"
import { Button, Heading, IconButton, Text } from "@medusajs/ui"
import { useState } from "react"
import { useFieldArray, useFormContext } from "react-hook-form"
import { MAX_ENTITLEMENTS } from "../../../types/memberships-http"
import { useTexts } from "../../hooks/use-texts"
import { sdk } from "../../lib/sdk"
import { NEW_ENTITLEMENT } from "./entitlement-values"
import { InputField } from "./fields"
import type { PlanValues } from "./form-values"
import { useRules } from "./use-rules"

/** What subscribers get besides deliveries. */
export function MembershipFields() {
  const { t } = useTexts()
  const { control } = useFormContext<PlanValues>()
  const { fields, append, remove } = useFieldArray({
    control,
    name: "entitlements",
  })
  return (
    <section className="flex flex-col gap-y-4 border-t pt-6">
      <div>
        <Heading level="h2">{t("form.membership")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("form.membershipText")}
        </Text>
      </div>
      <GroupField />
      <div className="flex items-start justify-between gap-x-4">
        <div>
          <Text size="small" weight="plus">
            {t("form.entitlements")}
          </Text>
          <Text size="small" className="text-ui-fg-subtle">
            {t("form.entitlementsText")}
          </Text>
        </div>
        <Button
          size="small"
          variant="secondary"
          type="button"
          className="shrink-0"
          disabled={fields.length >= MAX_ENTITLEMENTS}
          onClick={() => {
            append(NEW_ENTITLEMENT)
          }}
        >
          {t("form.addEntitlement")}
        </Button>
      </div>
      {fields.map(({ id }, index) => (
        <Entitlement
          key={id}
          index={index}
          onRemove={() => {
            remove(index)
          }}
        />
      ))}
    </section>
  )
}

function Entitlement(props: { index: number; onRemove: () => void }) {
  const { t } = useTexts()
  const rules = useRules()
  const path = `entitlements.${props.index}` as const
  return (
    <div className="bg-ui-bg-subtle shadow-borders-base flex items-start gap-x-4 rounded-lg p-4">
      <div className="grid flex-1 grid-cols-3 items-start gap-4">
        <InputField
          name={`${path}.key`}
          label={t("form.entitlementKey")}
          rules={{ validate: rules.key }}
        />
        <InputField
          name={`${path}.name`}
          label={t("form.entitlementName")}
          optional
        />
        <InputField
          name={`${path}.value`}
          label={t("form.entitlementValue")}
          optional
        />
      </div>
      <IconButton
        size="small"
        variant="transparent"
        type="button"
        aria-label={t("form.removeEntitlement", { number: props.index + 1 })}
        onClick={props.onRemove}
      >
        <Trash />
      </IconButton>
    </div>
  )
}

/** The customer group, searched for on the server. */
function GroupField() {
  const { t } = useTexts()
  const { control, getValues } = useFormContext<PlanValues>()
  // That of the beginning, so that its name is known.
  const [chosen] = useState(() => getValues("customer_group_id"))
  const groups = useComboboxData({
    queryKey: ["customer-portal-plan", "customer-groups"],
    queryFn: (params: { id?: string; q?: string }) =>
      sdk.client.fetch<AdminCustomerGroupListResponse>(
        "/admin/customer-groups",
        { query: { ...params, fields: "id,name" } }
      ),
    getOptions: (page) =>
      page.customer_groups.map(({ id, name }) => ({
        value: id,
        label: name ?? id,
      })),
    defaultValue: chosen || undefined,
    defaultValueKey: "id",
  })
  return (
    <Form.Field
      control={control}
      name="customer_group_id"
      render={({ field: { value, onChange, ...field } }) => (
        <Form.Item>
          <Form.Label optional>{t("form.group")}</Form.Label>
          <Form.Control>
            <Combobox
              {...field}
              value={value}
              onChange={(id?: string) => {
                onChange(id ?? "")
              }}
              allowClear
              placeholder={t("form.groupSearch")}
              options={groups.options}
              searchValue={groups.searchValue}
              onSearchValueChange={groups.onSearchValueChange}
              fetchNextPage={() => void groups.fetchNextPage()}
              isFetchingNextPage={groups.isFetchingNextPage}
            />
          </Form.Control>
          <Form.Hint>{t("form.groupHint")}</Form.Hint>
          <Form.ErrorMessage />
        </Form.Item>
      )}
    />
  )
}
