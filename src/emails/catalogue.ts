import type { MailTemplateName } from "../types/mails"
import type { MailTemplate } from "./template"
import * as account from "./templates/account"
import * as emailAddress from "./templates/email-address"
import { memberInvited } from "./templates/members"
import * as paymentMethods from "./templates/payment-methods"
import * as portal from "./templates/portal"
import * as changes from "./templates/subscription-changes"
import * as charges from "./templates/subscription-charges"
import * as terms from "./templates/subscription-terms"

/** Every mail that the plugin sends, by the name of its template. */
export const MAIL_TEMPLATES = {
  "portal-login": portal.portalLogin,
  "portal-link": portal.portalLink,
  "portal-link-renewed": portal.portalLinkRenewed,
  "portal-no-account": portal.portalNoAccount,
  "new-sign-in": account.newSignIn,
  "password-reset": account.passwordReset,
  "password-changed": account.passwordChanged,
  "email-verification": emailAddress.emailVerification,
  "email-change-confirm-new": emailAddress.emailChangeConfirmNew,
  "email-change-confirm-old": emailAddress.emailChangeConfirmOld,
  "email-changed": emailAddress.emailChanged,
  "mfa-enabled": account.mfaEnabled,
  "mfa-disabled": account.mfaDisabled,
  "recovery-codes-generated": account.recoveryCodesGenerated,
  "recovery-code-used": account.recoveryCodeUsed,
  "signed-out-everywhere": account.signedOutEverywhere,
  "sign-in-closed": account.signInClosed,
  "member-invited": memberInvited,
  "payment-method-added": paymentMethods.paymentMethodAdded,
  "payment-method-removed": paymentMethods.paymentMethodRemoved,
  "card-expiring": paymentMethods.cardExpiring,
  "subscription-started": changes.subscriptionStarted,
  "subscription-renewed": charges.subscriptionRenewed,
  "subscription-payment-failed": charges.paymentFailed,
  "subscription-action-required": charges.actionRequired,
  "subscription-renewal-upcoming": charges.renewalUpcoming,
  "subscription-trial-ending": charges.trialEnding,
  "subscription-payment-method-changed": changes.paymentMethodChanged,
  "subscription-paused": changes.subscriptionPaused,
  "subscription-resumed": changes.subscriptionResumed,
  "subscription-cancel-scheduled": changes.cancelScheduled,
  "subscription-ended": changes.subscriptionEnded,
  "subscription-changed": terms.subscriptionChanged,
  "subscription-change-scheduled": terms.changeScheduled,
} satisfies Record<MailTemplateName, MailTemplate<never>>

/** What a template is given besides language and branding. */
export type MailProps<Name extends MailTemplateName> =
  (typeof MAIL_TEMPLATES)[Name] extends MailTemplate<infer Props>
    ? Props
    : never
