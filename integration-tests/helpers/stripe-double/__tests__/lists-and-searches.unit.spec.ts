import { createStripeDouble } from ".."
import { createStripeClient } from "../../payment-stripe-loopback/stripe-client"
import { errorOf, useStripeDouble } from "./setup"

const context = useStripeDouble()
const PRICE = { amount: 2_000, currency: "eur", payment_method_types: ["card"] }

describe("lists and searches", () => {
  async function threeIntents() {
    const ids: string[] = []
    for (const cycle_id of ["c1", "c2", "c3"]) {
      const intent = await context.stripe.paymentIntents.create({
        ...PRICE,
        metadata: { cycle_id },
      })
      ids.push(intent.id)
    }
    return ids
  }

  it("page through everything, newest first", async () => {
    const ids = await threeIntents()
    const { paymentIntents } = context.stripe
    const first = await paymentIntents.list({ limit: 2 })
    const second = await paymentIntents.list({
      limit: 2,
      starting_after: first.data[1]?.id,
    })
    const back = await paymentIntents.list({ limit: 1, ending_before: ids[0] })
    const everything = await paymentIntents
      .list({ limit: 2, created: { gte: 1 } })
      .autoPagingToArray({ limit: 10 })

    expect(first.has_more).toBe(true)
    expect(second).toMatchObject({ data: [{ id: ids[0] }], has_more: false })
    expect(back).toMatchObject({ data: [{ id: ids[1] }], has_more: true })
    expect(everything.map(({ id }) => id)).toEqual([...ids].reverse())
  })

  it.each([
    [`metadata["cycle_id"]:"c2"`, ["c2"]],
    [`metadata['cycle_id']:'c2' OR metadata['cycle_id']:'c3'`, ["c3", "c2"]],
    [
      `status:"requires_payment_method" AND -metadata["cycle_id"]:"c1"`,
      ["c3", "c2"],
    ],
    [`amount>1999 currency:"eur"`, ["c3", "c2", "c1"]],
    [`metadata["cycle_id"]:null`, []],
    [`status:"succeeded"`, []],
  ])("find by %s", async (query, expected) => {
    await threeIntents()
    const found = await context.stripe.paymentIntents.search({ query })
    expect(found.data.map(({ metadata }) => metadata.cycle_id)).toEqual(
      expected
    )
  })

  it("search page by page and refuse nonsense", async () => {
    await threeIntents()
    const { paymentIntents } = context.stripe
    const query = `currency:"eur"`
    const first = await paymentIntents.search({ query, limit: 2 })
    const second = await paymentIntents.search({
      query,
      limit: 2,
      page: first.next_page ?? "",
    })
    expect([first.data.length, second.data.length]).toEqual([2, 1])
    expect(second.next_page).toBeNull()
    await errorOf(paymentIntents.search({ query: "whatever" }))
  })

  it("find a new intent only after the lag", async () => {
    let now = Date.now()
    const double = await createStripeDouble({
      now: () => now,
      searchLagSeconds: 60,
    })
    const stripe = createStripeClient(double.url)
    await stripe.paymentIntents.create(PRICE)
    const search = async () =>
      (await stripe.paymentIntents.search({ query: `currency:"eur"` })).data

    expect(await search()).toHaveLength(0)
    now += 61_000
    expect(await search()).toHaveLength(1)
    await double.close()
  })
})
