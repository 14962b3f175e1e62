/** What mails are about, and what a customer gets without having chosen. */
export const MAIL_CATEGORIES = {
  /** Notices before a renewal. */
  renewals: { required: false, default: true },
  /** Failed payments, cards that expire. */
  payments: { required: true, default: true },
  /** Sign-ins, passwords, second factors. */
  security: { required: true, default: true },
  /** Only for who has asked for it. */
  marketing: { required: false, default: false },
  product_updates: { required: false, default: false },
  /** Back in stock, price drops. */
  wishlist_alerts: { required: false, default: true },
} as const satisfies Record<string, { required: boolean; default: boolean }>

export type MailCategory = keyof typeof MAIL_CATEGORIES

/** The categories in their order. */
export const MAIL_CATEGORY_NAMES = Object.keys(
  MAIL_CATEGORIES
) as MailCategory[]

/** What a customer has chosen. */
export type CategoryChoices = Partial<Record<MailCategory, boolean>>

/**
 * Whether mails of a category are wanted.
 *
 * @example
 * isWanted("marketing", {}) // false: nobody has asked for it
 * isWanted("security", { security: false }) // true: it is required
 */
export function isWanted(
  category: MailCategory,
  choices: CategoryChoices
): boolean {
  const rule = MAIL_CATEGORIES[category]
  return rule.required || (choices[category] ?? rule.default)
}

/** The required categories that somebody wants to switch off. */
export function forbiddenChoices(choices: CategoryChoices): MailCategory[] {
  return MAIL_CATEGORY_NAMES.filter(
    (category) =>
      MAIL_CATEGORIES[category].required && choices[category] === false
  )
}
