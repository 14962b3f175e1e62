import { Combobox, Form } from "@medusajs/dashboard/components"
import { productsQueryKeys, useComboboxData } from "@medusajs/dashboard/hooks"
import type { AdminProductListResponse } from "@medusajs/framework/types"
import { useState } from "react"
import { useFormContext } from "react-hook-form"
import { useTexts } from "../../hooks/use-texts"
import { sdk } from "../../lib/sdk"
import type { PlanValues } from "./form-values"

/** The products that a plan is offered for, searched for on the server. */
export function ProductField({ variantCount = 0 }: { variantCount?: number }) {
  const { t } = useTexts()
  const { control, getValues } = useFormContext<PlanValues>()
  // Those of the beginning, so that their titles are known.
  const [chosen] = useState(() => getValues("product_ids"))
  const products = useComboboxData({
    queryKey: [...productsQueryKeys.lists(), "customer-portal-plan"],
    queryFn: (params: { id?: string; q?: string }) =>
      sdk.client.fetch<AdminProductListResponse>("/admin/products", {
        query: { ...params, fields: "id,title" },
      }),
    getOptions: (page) =>
      page.products.map(({ id, title }) => ({ value: id, label: title })),
    defaultValue: chosen.length ? chosen : undefined,
    defaultValueKey: "id",
  })
  return (
    <Form.Field
      control={control}
      name="product_ids"
      render={({ field: { value, onChange, ...field } }) => (
        <Form.Item>
          <Form.Label>{t("form.products")}</Form.Label>
          <Form.Control>
            <Combobox
              {...field}
              value={value}
              onChange={(ids?: string[]) => {
                onChange(ids ?? [])
              }}
              displayMode="chips"
              placeholder={t("form.productsSearch")}
              options={products.options}
              searchValue={products.searchValue}
              onSearchValueChange={products.onSearchValueChange}
              fetchNextPage={() => void products.fetchNextPage()}
              isFetchingNextPage={products.isFetchingNextPage}
            />
          </Form.Control>
          <Form.Hint>
            {t("form.productsHint")}
            {variantCount > 0 &&
              ` ${t("form.variants", { count: variantCount })}`}
          </Form.Hint>
          <Form.ErrorMessage />
        </Form.Item>
      )}
    />
  )
}
