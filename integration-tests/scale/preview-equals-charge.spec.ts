import { Modules } from "@medusajs/framework/utils"
import { createTaxRegionsWorkflow } from "@medusajs/medusa/core-flows"

import type { NextChargeView } from "../../src/types/next-charge-http"
import {
  adminClient,
  ok,
  portalTest,
  registerCustomer,
  runJob,
  saveCard,
  setClock,
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import {
  readBooks,
  readOrders,
  type Books,
  type RenewalOrder,
} from "./support/books"
import {
  DECIMALS,
  generateCases,
  PROVINCES,
  type GeneratedCase,
} from "./support/generated-cases"
import {
  makeGenerated,
  type Subscriber,
} from "./support/generated-subscriptions"
import { automaticPromotions } from "./support/promotions"

/** Cases are the same for the same number; change it to look elsewhere. */
const SEED = Number(process.env.CASES_SEED ?? 20260131)

const STARTED = "2026-01-10T10:00:00.000Z"
const BEFORE = "2026-02-09T10:00:00.000Z"
const DUE = "2026-02-10T10:00:00.000Z"

type Preview = Extract<NextChargeView, { problem: null }>
type Renewed = {
  one: GeneratedCase
  preview: Preview
  books: Books
  order: RenewalOrder
}

portalTest({
  stripe: true,
  testSuite: (app) => {
    let admin: HttpClient
    let customer: TestCustomer

    beforeAll(async () => {
      const known = await app
        .container()
        .resolve(Modules.TAX)
        .listTaxRegions({ country_code: Object.keys(PROVINCES) })
      await createTaxRegionsWorkflow(app.container()).run({
        input: known.flatMap(({ id, country_code }) => {
          const province = PROVINCES[country_code]
          return province
            ? [
                {
                  country_code,
                  parent_id: id,
                  province_code: province.code,
                  default_tax_rate: {
                    rate: province.rate,
                    code: province.code,
                    name: province.code,
                  },
                },
              ]
            : []
        }),
      })
    })

    beforeEach(async () => {
      admin = await adminClient(app)
      customer = await registerCustomer(app)
    })

    async function subscriber(provider: string): Promise<Subscriber> {
      const card =
        provider === STRIPE_PROVIDER ? await saveCard(app, customer) : null
      return {
        customer,
        provider,
        accountHolderId: card?.accountHolderId ?? null,
        paymentMethodId: card?.paymentMethodId ?? null,
      }
    }

    /** Previews all as the customer sees them, then renews all that are due. */
    async function previewAndRenew(
      provider: string,
      cases: GeneratedCase[]
    ): Promise<Renewed[]> {
      await setClock(admin, BEFORE)
      const who = await subscriber(provider)
      const made: { id: string; one: GeneratedCase; preview: Preview }[] = []
      for (const one of cases) {
        const id = await makeGenerated(app, one, who, STARTED)
        const { next_charge: preview } = ok(
          await customer.api.get<{ next_charge: NextChargeView | null }>(
            `/store/portal/subscriptions/${id}/next-charge`
          )
        )
        if (preview?.problem !== null) {
          throw new Error(`No preview: ${JSON.stringify({ preview, one })}`)
        }
        made.push({ id, one, preview })
      }
      await setClock(admin, DUE)
      const { counts } = await runJob<{ counts: Record<string, number> }>(
        admin,
        "renew-subscriptions"
      )
      expect(counts).toMatchObject({
        claimed: cases.length,
        completed: cases.length,
      })

      const books = await readBooks(
        app,
        made.map(({ id }) => id)
      )
      const orders = await readOrders(
        app,
        [...books.values()].map(({ order_id }) => order_id)
      )
      return made.map(({ id, one, preview }) => {
        const book = books.get(id)
        const order = orders.get(book?.order_id ?? "")
        if (!book || !order) {
          throw new Error(`No order: ${JSON.stringify({ id, one })}`)
        }
        return { one, preview, books: book, order }
      })
    }

    /** What Stripe's double holds, by intent, in the currency's smallest unit. */
    function captured(): Map<string, number> {
      return new Map(
        app
          .stripe()
          .succeededIntents()
          .map((intent) => [intent.id, intent.amount_received])
      )
    }

    it(`charges what 120 generated previews show, at Stripe (seed ${SEED})`, async () => {
      const cases = generateCases(app.seed, { seed: SEED, count: 120 })

      const renewed = await previewAndRenew(STRIPE_PROVIDER, cases)

      const intents = captured()
      for (const one of renewed) {
        expectSameMoney(one)
        expectSameAtStripe(one, intents)
        expectOwnArithmetic(one)
        expectLines(one, { discounted: false })
      }
    }, 300_000)

    it(`charges what 120 generated previews with promotions show, at Stripe (seed ${SEED + 1})`, async () => {
      const cases = generateCases(app.seed, { seed: SEED + 1, count: 120 })
      await automaticPromotions(app)

      const renewed = await previewAndRenew(STRIPE_PROVIDER, cases)

      const intents = captured()
      for (const one of renewed) {
        expectSameMoney(one)
        expectSameAtStripe(one, intents)
        expectLines(one, { discounted: true })
      }
    }, 300_000)

    it(`charges what 40 generated previews show, with Medusa's own provider (seed ${SEED + 2})`, async () => {
      const cases = generateCases(app.seed, { seed: SEED + 2, count: 40 })
      await automaticPromotions(app)

      for (const one of await previewAndRenew(SYSTEM_PROVIDER, cases)) {
        expectSameMoney(one)
        expectLines(one, { discounted: true })
      }
    }, 300_000)
  },
})

/** The preview, and every book that the charge was written into. */
function expectSameMoney({ preview, books, order }: Renewed): void {
  const amount = String(preview.amount)
  expect(books).toMatchObject({
    status: "completed",
    cycle: amount,
    attempts: [amount],
    collection: amount,
    collection_captured: amount,
    collection_status: "completed",
    payments: [amount],
    captures: [amount],
    transactions: [amount],
  })
  expect({
    total: order.total,
    tax_total: order.tax_total,
    discount_total: order.discount_total,
    shipping_total: order.shipping_total,
  }).toEqual({
    total: preview.total,
    tax_total: preview.tax_total,
    discount_total: preview.discount_total,
    shipping_total: preview.shipping_total,
  })
  expect(order.summary.paid_total).toBe(preview.amount)
}

/** Stripe counts in smallest units, thousandths in tens. */
function expectSameAtStripe(
  { one, preview, books }: Renewed,
  intents: Map<string, number>
): void {
  const decimals = decimalsOf(one)
  const units = intents.get(books.provider_payment_id ?? "")
  expect(`${units}e-${decimals}`).toBe(
    `${Math.round(preview.amount * 10 ** decimals)}e-${decimals}`
  )
  const exact = preview.total * 10 ** decimals
  if (decimals === 3) {
    expect(units).toBe(Math.ceil(Math.round(exact) / 10) * 10)
  } else {
    expect(Math.abs(exact - (units ?? 0))).toBeLessThanOrEqual(0.5 + 1e-6)
  }
}

/** The total again, from the drawn numbers alone. */
function expectOwnArithmetic({ preview }: Renewed): void {
  const lines = [
    ...preview.items.map((item) => ({
      ...item,
      amount: item.unit_price * item.quantity,
    })),
    ...preview.shipping_methods,
  ]
  const total = lines
    .map(({ amount, is_tax_inclusive, taxes }) => {
      const rate = taxes.reduce((sum, tax) => sum + tax.rate, 0)
      return is_tax_inclusive ? amount : amount * (1 + rate / 100)
    })
    .reduce((sum, amount) => sum + amount, 0)
  expect(preview.total).toBeCloseTo(total, 6)
}

function expectLines(
  { one, preview, order }: Renewed,
  { discounted }: { discounted: boolean }
): void {
  expect(order.items.map(({ quantity }) => quantity).sort()).toEqual(
    one.items.map(({ quantity }) => quantity).sort()
  )
  expect(order.shipping_methods).toHaveLength(one.shipping ? 1 : 0)
  if (one.price_policy === "grandfathered") {
    const inclusive = preview.items.map((item) => item.is_tax_inclusive)
    expect(inclusive.sort()).toEqual(
      one.items.map((item) => item.is_tax_inclusive).sort()
    )
  }
  for (const line of [...order.items, ...order.shipping_methods]) {
    expect(line.tax_lines).toHaveLength(1)
    expect(line.adjustments).toHaveLength(discounted ? 1 : 0)
  }
}

function decimalsOf({ currency }: GeneratedCase): number {
  return Object.entries(DECIMALS).find(([code]) => code === currency)?.[1] ?? 2
}
