import { useFormContext } from "react-hook-form"
import type { AdminSubscriptionPlanDetail } from "../../../types/plans"
import {
  BILLING_INTERVALS,
  PRICE_POLICIES,
  STOCK_POLICIES,
} from "../../../types/subscription"
import { useTexts } from "../../hooks/use-texts"
import { toHandle } from "../../lib/format"
import { InputField, SelectField } from "./fields"
import { isPercent, variantTargets, type PlanValues } from "./form-values"
import { DunningFields } from "./dunning-fields"
import { LimitFields } from "./limit-fields"
import { MembershipFields } from "./membership-fields"
import { OfferFields } from "./offer-fields"
import { PrepaidFields } from "./prepaid-fields"
import { ProductField } from "./product-field"
import { useRules } from "./use-rules"

/** The fields of a plan; without a plan, of a new one. */
export function PlanFields({ plan }: { plan?: AdminSubscriptionPlanDetail }) {
  const { t } = useTexts()
  const rules = useRules()
  const isInUse = (plan?.active_subscriptions ?? 0) > 0
  return (
    <div className="flex flex-col gap-y-6">
      <NameFields isNew={!plan} />
      <InputField name="description" label={t("form.description")} optional />
      <div className="grid grid-cols-2 items-start gap-4">
        <InputField
          name="interval_count"
          label={t("form.every")}
          type="number"
          min={1}
          disabled={isInUse}
          rules={{ validate: rules.wholeFrom(1) }}
          hint={
            isInUse && t("form.inUse", { count: plan?.active_subscriptions })
          }
        />
        <SelectField
          name="interval"
          label={t("form.unit")}
          disabled={isInUse}
          options={BILLING_INTERVALS.map((value) => ({
            value,
            label: t(`unit.${value}`),
          }))}
        />
        {(["first_discount", "recurring_discount"] as const).map((name) => {
          const isEditable = !plan || isPercent(plan[name])
          const label =
            name === "first_discount" ? "firstDiscount" : "recurringDiscount"
          return (
            <InputField
              key={name}
              name={name}
              label={t(`form.${label}`)}
              type="number"
              min={0}
              max={100}
              step="any"
              placeholder="0"
              disabled={!isEditable}
              rules={{ validate: rules.percent }}
              hint={t(isEditable ? "form.percentHint" : "form.otherDiscount")}
            />
          )
        })}
      </div>
      <InputField
        name="trial_days"
        label={t("form.trialDays")}
        type="number"
        min={0}
        rules={{ validate: rules.wholeFrom(0) }}
        hint={t("form.trialHint")}
      />
      <PrepaidFields />
      <SelectField
        name="price_policy"
        label={t("form.pricePolicy")}
        options={PRICE_POLICIES.map((value) => ({
          value,
          label: t(`pricePolicy.${value}`),
        }))}
      />
      <SelectField
        name="stock_policy"
        label={t("form.stockPolicy")}
        options={STOCK_POLICIES.map((value) => ({
          value,
          label: t(`stockPolicy.${value}`),
        }))}
      />
      <ProductField
        variantCount={plan ? variantTargets(plan.targets).length : 0}
      />
      <MembershipFields />
      <LimitFields />
      <DunningFields />
      <OfferFields />
    </div>
  )
}

/** A new plan's handle follows its name until somebody writes another. */
function NameFields({ isNew }: { isNew: boolean }) {
  const { t } = useTexts()
  const rules = useRules()
  const { getFieldState, getValues, setValue } = useFormContext<PlanValues>()
  const suggestHandle = () => {
    if (isNew && !getFieldState("handle").isDirty) {
      setValue("handle", toHandle(getValues("name")), {
        shouldDirty: false,
        shouldValidate: false,
      })
    }
  }
  return (
    <>
      <InputField
        name="name"
        label={t("form.name")}
        rules={{ validate: rules.required, onChange: suggestHandle }}
      />
      <InputField
        name="handle"
        label={t("form.handle")}
        hint={t("form.handleHint")}
        rules={{ validate: rules.handle }}
      />
    </>
  )
}
