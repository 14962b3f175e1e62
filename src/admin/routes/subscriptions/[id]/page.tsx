import { LayoutComposer } from "@medusajs/dashboard/components"
import {
  useLoaderData,
  useParams,
  type LoaderFunctionArgs,
  type UIMatch,
} from "react-router-dom"
import { ActivitySection } from "../../../components/subscription/activity-section"
import { AddressSection } from "../../../components/subscription/address-section"
import { CustomerSection } from "../../../components/subscription/customer-section"
import { GeneralSection } from "../../../components/subscription/general-section"
import { MembershipSection } from "../../../components/subscription/membership-section"
import { NextChargeSection } from "../../../components/subscription/next-charge-section"
import { OneOffSection } from "../../../components/subscription/one-off-section"
import { PaymentSection } from "../../../components/subscription/payment-section"
import { UsageSection } from "../../../components/subscription/usage-section"
import { PeriodsSection } from "../../../components/subscription/periods-section"
import {
  fetchSubscription,
  useSubscription,
} from "../../../hooks/api/subscriptions"
import type { AdminSubscriptionResponse } from "../../../../types/subscription-http"

const SubscriptionPage = () => {
  const { id = "" } = useParams()
  const initialData = useLoaderData<AdminSubscriptionResponse>()
  const { data } = useSubscription(id, { initialData })
  const subscription = data?.subscription ?? initialData.subscription

  return (
    <LayoutComposer
      widgetsZonePrefix="portal_subscription.details"
      preferredLayoutId="core:two-column"
      data={subscription}
      sections={{
        main: (
          <>
            <LayoutComposer.Entry id="customer-portal:subscription-general">
              <GeneralSection subscription={subscription} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:subscription-next-charge">
              <NextChargeSection subscription={subscription} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:subscription-one-offs">
              <OneOffSection subscription={subscription} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:subscription-usage">
              <UsageSection subscription={subscription} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:subscription-periods">
              <PeriodsSection subscription={subscription} />
            </LayoutComposer.Entry>
          </>
        ),
        side: (
          <>
            <LayoutComposer.Entry id="customer-portal:subscription-customer">
              <CustomerSection subscription={subscription} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:subscription-membership">
              <MembershipSection subscription={subscription} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:subscription-payment">
              <PaymentSection subscription={subscription} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:subscription-addresses">
              <AddressSection subscription={subscription} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:subscription-activity">
              <ActivitySection subscription={subscription} />
            </LayoutComposer.Entry>
          </>
        ),
      }}
    />
  )
}

/** A subscription that is not there shows the dashboard's page for that. */
export async function loader({ params }: LoaderFunctionArgs) {
  return fetchSubscription(params.id ?? "")
}

type Match = UIMatch<AdminSubscriptionResponse | undefined>

const title = ({ loaderData }: Match) => {
  const { plan, email } = loaderData?.subscription ?? {}
  return plan && `${plan.name} · ${email}`
}

export const handle = {
  breadcrumb: (match: Match) => title(match),
  seo: (match: Match) => ({ title: title(match) }),
}

export default SubscriptionPage
