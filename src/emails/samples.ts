import type { MailTemplateName } from "../types/mails"
import type { MailProps } from "./catalogue"
import { SUBSCRIPTION_SAMPLES } from "./subscription-samples"

const PORTAL = "https://shop.example/account"
const LATER = "2026-11-25T10:30:00.000Z"

/** Two sets of props where a template has optional ones. */
type Samples = { [Name in MailTemplateName]: MailProps<Name>[] }

/** Made-up props for every template: for previews and tests. */
export const MAIL_SAMPLES: Samples = {
  "portal-login": [
    {
      url: `${PORTAL}/access#t=ppl_1.k1.sample`,
      code: "7KQ2M9XR",
      expires_in_minutes: 10,
    },
  ],
  "portal-link": [
    { url: `${PORTAL}/access#t=ppl_1.k1.sample`, expires_in_minutes: 1440 },
  ],
  "portal-link-renewed": [
    { url: `${PORTAL}/access#t=ppl_1.k1.sample`, expires_in_minutes: 10 },
  ],
  "portal-no-account": [{ portal_url: PORTAL }],
  "new-sign-in": [
    {
      device: "Firefox on Linux",
      ip: "203.0.113.7",
      time: LATER,
      security_url: `${PORTAL}/security`,
    },
  ],
  "password-reset": [{ url: `${PORTAL}/reset#token=sample`, expires: LATER }],
  "password-changed": [{ time: LATER }, {}],
  "email-verification": [
    { url: `${PORTAL}/verify`, code: "482913" },
    { code: "9bq0m3V1xS7kQf2nT5uY8wZ4aC6dE0gH1jK3lM5oP7r" },
  ],
  "email-change-confirm-new": [
    {
      url: `${PORTAL}/confirm#t=sample`,
      code: "482913",
      new_email: "clara.new@shop.example",
    },
    { code: "482913", new_email: "clara.new@shop.example" },
  ],
  "email-change-confirm-old": [
    { url: `${PORTAL}/confirm#t=sample`, new_email: "c•••@shop.example" },
    { code: "482913", new_email: "c•••@shop.example" },
  ],
  "email-changed": [
    { new_email: "c•••@shop.example", time: LATER },
    { new_email: "c•••@shop.example" },
  ],
  "mfa-enabled": [{ time: LATER }],
  "mfa-disabled": [{ time: LATER }],
  "recovery-codes-generated": [{ time: LATER }],
  "recovery-code-used": [
    { remaining: 4, time: LATER },
    { remaining: 1 },
    { remaining: 0 },
  ],
  "signed-out-everywhere": [{ time: LATER }, { others_only: true }],
  "sign-in-closed": [
    { url: `${PORTAL}/reset-password#token=sample`, expires: LATER },
    { url: `${PORTAL}/security` },
  ],
  "member-invited": (
    ["billing_manager", "owner", "member", "viewer"] as const
  ).map((role) => ({
    account_name: "Harbour Café",
    role,
    inviter: "Clara Meyer",
    url: `${PORTAL}/invitations#t=sample`,
  })),
  "payment-method-added": [
    { brand: "visa", last4: "4242", time: LATER },
    { brand: "paypal", last4: null },
    { brand: null, last4: null },
  ],
  "payment-method-removed": [{ brand: "mastercard", last4: "4444" }],
  "card-expiring": [
    {
      brand: "visa",
      last4: "4242",
      exp_month: 12,
      exp_year: 2026,
      days: 30,
      url: `${PORTAL}/payment-methods`,
    },
  ],
  ...SUBSCRIPTION_SAMPLES,
}
