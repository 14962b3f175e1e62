/** The mails that the plugin sends, by the name of their template. */
export const MAIL_TEMPLATE_NAMES = [
  "portal-login",
  "portal-link",
  "portal-link-renewed",
  "portal-no-account",
  "new-sign-in",
  "password-reset",
  "password-changed",
  "email-verification",
  "email-change-confirm-new",
  "email-change-confirm-old",
  "email-changed",
  "mfa-enabled",
  "mfa-disabled",
  "recovery-codes-generated",
  "recovery-code-used",
  "signed-out-everywhere",
  "sign-in-closed",
  "member-invited",
  "payment-method-added",
  "payment-method-removed",
  "card-expiring",
] as const

/** `template` of a notification that the plugin sends. */
export type MailTemplateName = (typeof MAIL_TEMPLATE_NAMES)[number]
