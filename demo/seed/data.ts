/** One market of the store: a Medusa region with its taxes and prices. */
export type Market = {
  /** The name of the region; the seed finds it again by this. */
  name: string
  currency: string
  /** Prices are entered with tax, as is usual in Europe. */
  taxInclusive: boolean
  countries: { code: string; tax: number; taxName: string }[]
  /** Flat shipping prices. */
  shipping: { standard: number; express: number }
}

export type ProductData = {
  handle: string
  title: string
  subtitle: string
  description: string
  /** The name of the one option, such as "Size". */
  option: string
  /** Has to be packed and sent. */
  physical: boolean
  variants: {
    sku: string
    title: string
    /** Pieces in stock; `null`: stock is not counted. */
    stock: number | null
    /** Price in each currency, in major units. */
    prices: Record<string, number>
  }[]
}

export const EUROPE: Market = {
  name: "Europe",
  currency: "eur",
  taxInclusive: true,
  countries: [
    { code: "de", tax: 19, taxName: "Umsatzsteuer" },
    { code: "at", tax: 20, taxName: "Umsatzsteuer" },
    { code: "fr", tax: 20, taxName: "TVA" },
    { code: "nl", tax: 21, taxName: "BTW" },
  ],
  shipping: { standard: 4.9, express: 9.9 },
}

export const UNITED_STATES: Market = {
  name: "United States",
  currency: "usd",
  taxInclusive: false,
  countries: [{ code: "us", tax: 8, taxName: "Sales tax" }],
  shipping: { standard: 5, express: 12 },
}

/** A currency without decimals. */
export const JAPAN: Market = {
  name: "Japan",
  currency: "jpy",
  taxInclusive: true,
  countries: [{ code: "jp", tax: 10, taxName: "Consumption tax" }],
  shipping: { standard: 600, express: 1200 },
}

/** A currency with three decimals. */
export const KUWAIT: Market = {
  name: "Kuwait",
  currency: "kwd",
  taxInclusive: false,
  countries: [{ code: "kw", tax: 0, taxName: "No tax" }],
  shipping: { standard: 1.5, express: 3.25 },
}

export const PRODUCTS: ProductData[] = [
  {
    handle: "coffee-beans",
    title: "House Blend coffee beans",
    subtitle: "Roasted on Mondays",
    description: "A round espresso roast from Colombia and Ethiopia.",
    option: "Size",
    physical: true,
    variants: [
      {
        sku: "COFFEE-250",
        title: "250 g",
        stock: 10_000,
        prices: { eur: 9.9, usd: 11, jpy: 1600, kwd: 3.25 },
      },
      {
        sku: "COFFEE-1000",
        title: "1 kg",
        stock: 10_000,
        prices: { eur: 32, usd: 36, jpy: 5200, kwd: 10.125 },
      },
    ],
  },
  {
    handle: "tea-box",
    title: "Tea box",
    subtitle: "Six teas, a new choice every time",
    description: "Loose leaf teas chosen by season.",
    option: "Edition",
    physical: true,
    variants: [
      {
        sku: "TEA-BOX",
        title: "Classic",
        stock: 10_000,
        prices: { eur: 24.5, usd: 27, jpy: 3900, kwd: 8.4 },
      },
    ],
  },
  {
    handle: "mug",
    title: "Stoneware mug",
    subtitle: "0.3 l",
    description: "Thrown by hand, safe in the dishwasher.",
    option: "Colour",
    physical: true,
    variants: [
      {
        sku: "MUG-SAND",
        title: "Sand",
        stock: 200,
        prices: { eur: 18, usd: 20, jpy: 2900, kwd: 6 },
      },
    ],
  },
  {
    handle: "brewing-course",
    title: "Brewing course",
    subtitle: "Twelve lessons on video",
    description: "From the grinder to latte art, at your own pace.",
    option: "Language",
    physical: false,
    variants: [
      {
        sku: "COURSE-EN",
        title: "English",
        stock: null,
        prices: { eur: 49, usd: 53, jpy: 7900, kwd: 16.5 },
      },
    ],
  },
]
