import { Combobox, Form } from "@medusajs/dashboard/components"
import { useComboboxData } from "@medusajs/dashboard/hooks"
import type {
  AdminCustomerListResponse,
  AdminProductVariantListResponse,
  AdminRegionListResponse,
} from "@medusajs/framework/types"
import { useFormContext } from "react-hook-form"
import { useTexts } from "../../hooks/use-texts"
import { sdk } from "../../lib/sdk"
import type { ManualValues } from "./form-values"

type Params = { q?: string; limit?: number; offset?: number }

const KEY = "customer-portal-manual"

export function CustomerField() {
  const { t } = useTexts()
  const customers = useComboboxData({
    queryKey: [KEY, "customers"],
    queryFn: (params: Params) =>
      sdk.client.fetch<AdminCustomerListResponse>("/admin/customers", {
        query: { ...params, fields: "id,email" },
      }),
    getOptions: (page) =>
      page.customers.map(({ id, email }) => ({ value: id, label: email })),
  })
  return (
    <SearchField
      name="customer_id"
      label={t("list.columns.customer")}
      search={customers}
    />
  )
}

export function RegionField() {
  const { t } = useTexts()
  const regions = useComboboxData({
    queryKey: [KEY, "regions"],
    queryFn: (params: Params) =>
      sdk.client.fetch<AdminRegionListResponse>("/admin/regions", {
        query: { ...params, fields: "id,name,currency_code" },
      }),
    getOptions: (page) =>
      page.regions.map(({ id, name, currency_code }) => ({
        value: id,
        label: `${name} (${currency_code.toUpperCase()})`,
      })),
  })
  return (
    <SearchField name="region_id" label={t("manual.region")} search={regions} />
  )
}

export function VariantField() {
  const { t } = useTexts()
  const variants = useComboboxData({
    queryKey: [KEY, "variants"],
    queryFn: (params: Params) =>
      sdk.client.fetch<AdminProductVariantListResponse>(
        "/admin/product-variants",
        { query: { ...params, fields: "id,title,product.title" } }
      ),
    getOptions: (page) =>
      page.variants.map(({ id, title, product }) => ({
        value: id,
        label: [product?.title, title].filter(Boolean).join(" · "),
      })),
  })
  return (
    <SearchField
      name="variant_id"
      label={t("manual.variant")}
      search={variants}
      hint={t("manual.variantHint")}
    />
  )
}

type Search = Pick<
  ReturnType<typeof useComboboxData>,
  | "options"
  | "searchValue"
  | "onSearchValueChange"
  | "fetchNextPage"
  | "isFetchingNextPage"
>

/** One of many, searched for on the server. */
function SearchField(props: {
  name: "customer_id" | "region_id" | "variant_id"
  label: string
  search: Search
  hint?: string
}) {
  const { t } = useTexts()
  const { control } = useFormContext<ManualValues>()
  const { search } = props
  return (
    <Form.Field
      control={control}
      name={props.name}
      rules={{ required: t("form.required") }}
      render={({ field: { onChange, ...field } }) => (
        <Form.Item>
          <Form.Label>{props.label}</Form.Label>
          <Form.Control>
            <Combobox
              {...field}
              onChange={(id?: string) => {
                onChange(id ?? "")
              }}
              options={search.options}
              searchValue={search.searchValue}
              onSearchValueChange={search.onSearchValueChange}
              fetchNextPage={() => void search.fetchNextPage()}
              isFetchingNextPage={search.isFetchingNextPage}
            />
          </Form.Control>
          {props.hint && <Form.Hint>{props.hint}</Form.Hint>}
          <Form.ErrorMessage />
        </Form.Item>
      )}
    />
  )
}
