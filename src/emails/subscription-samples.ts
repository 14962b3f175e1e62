import type { MailTemplateName } from "../types/mails"
import type { MailProps } from "./catalogue"

const LATER = "2026-11-25T10:30:00.000Z"
const ABOUT = {
  plan: "Coffee, every month",
  items: [
    { title: "House blend, 250 g", quantity: 2 },
    { title: "Filter papers", quantity: 1 },
  ],
  url: "https://shop.example/account/subscriptions/sub_1",
  timezone: "Europe/Berlin",
}
const MONEY = { amount: 18.82, currency_code: "eur" }
const FREE = { amount: 0, currency_code: "jpy" }
const ALL = { can_skip: true, can_cancel: true }

type Name = Extract<MailTemplateName, `subscription-${string}`>

/** Made-up props of the mails about subscriptions; see `MAIL_SAMPLES`. */
export const SUBSCRIPTION_SAMPLES: { [N in Name]: MailProps<N>[] } = {
  "subscription-started": [
    { ...ABOUT, trial_ends_at: null, next_charge_at: LATER },
    { ...ABOUT, items: [], trial_ends_at: LATER, next_charge_at: LATER },
    { ...ABOUT, trial_ends_at: null, next_charge_at: null },
  ],
  "subscription-renewed": [
    { ...ABOUT, money: MONEY, order_number: 1042, next_charge_at: LATER },
    { ...ABOUT, money: FREE, order_number: null, next_charge_at: null },
  ],
  "subscription-payment-failed": [
    { ...ABOUT, money: MONEY, next_try_at: LATER, status: "past_due" },
    { ...ABOUT, money: null, next_try_at: null, status: "past_due" },
    { ...ABOUT, money: MONEY, next_try_at: null, status: "paused" },
    { ...ABOUT, money: MONEY, next_try_at: null, status: "canceled" },
  ],
  "subscription-action-required": [
    { ...ABOUT, money: MONEY },
    { ...ABOUT, money: null },
  ],
  "subscription-renewal-upcoming": [
    { ...ABOUT, ...ALL, date: LATER, days: 3, money: MONEY },
    { ...ABOUT, ...ALL, can_skip: false, date: LATER, days: 1, money: null },
    {
      ...ABOUT,
      can_skip: true,
      can_cancel: false,
      date: LATER,
      days: 7,
      money: MONEY,
    },
  ],
  "subscription-trial-ending": [
    {
      ...ABOUT,
      can_cancel: true,
      date: LATER,
      days: 3,
      money: MONEY,
      has_payment_method: true,
    },
    {
      ...ABOUT,
      can_cancel: false,
      date: LATER,
      days: 1,
      money: null,
      has_payment_method: false,
    },
  ],
  "subscription-payment-method-changed": [ABOUT],
  "subscription-paused": [
    { ...ABOUT, resumes_at: LATER, is_out_of_stock: false },
    { ...ABOUT, resumes_at: null, is_out_of_stock: true },
  ],
  "subscription-resumed": [
    { ...ABOUT, next_charge_at: LATER },
    { ...ABOUT, next_charge_at: null },
  ],
  "subscription-cancel-scheduled": [{ ...ABOUT, ends_at: LATER }],
  "subscription-ended": [
    { ...ABOUT, reason: "canceled" },
    { ...ABOUT, reason: "expired" },
  ],
  "subscription-changed": [
    { ...ABOUT, money: MONEY, next_charge_at: LATER },
    { ...ABOUT, money: null, next_charge_at: null },
  ],
  "subscription-change-scheduled": [
    { ...ABOUT, starts_at: LATER, next_plan: "Coffee, every year" },
    { ...ABOUT, starts_at: LATER, next_plan: null },
  ],
}
