import {
  makeSubscriptions,
  STRIPE_PROVIDER,
  type PortalTestApp,
  type SubscriptionFixture,
} from "../../helpers"

type Input = NonNullable<Parameters<typeof makeSubscriptions>[1]>

/** One subscription that Stripe's double charges. */
export async function makeSubscription(
  app: PortalTestApp,
  input: Input = {}
): Promise<SubscriptionFixture> {
  const [made] = await makeSubscriptions(app, {
    provider: STRIPE_PROVIDER,
    ...input,
  })
  if (!made) {
    throw new Error("No subscription was made")
  }
  return made
}
