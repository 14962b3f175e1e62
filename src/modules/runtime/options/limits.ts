import { z } from "@medusajs/framework/zod"

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** At most so many within so many seconds. A maximum of 0 is no limit. */
const limit = (max: number, seconds: number) =>
  z
    .strictObject({
      max: z.number().int().min(0).max(1_000_000).default(max),
      seconds: z.number().int().min(1).max(DAY).default(seconds),
    })
    .prefault({})

/**
 * Limits, counted in PostgreSQL in fixed windows, exactly, by all processes.
 * An address of the network is what Express says; see `trustedProxyHops`.
 */
export const limitsSchema = z
  .strictObject({
    /**
     * Proxies in front of Medusa that append to `X-Forwarded-For`. The caller's
     * address is the one that the outermost of them saw.
     * @default 1
     */
    trustedProxyHops: z.number().int().min(0).max(10).default(1),
    /** Sign-in mails to one e-mail address. @default 3 in 15 minutes */
    loginPerEmail: limit(3, 15 * MINUTE),
    /** Sign-in mails to one e-mail address. @default 10 a day */
    loginPerEmailDaily: limit(10, DAY),
    /** Sign-in requests from one network address. @default 20 an hour */
    loginPerIp: limit(20, HOUR),
    /** Sign-in requests of a tenant. @default 1000 an hour */
    loginPerTenant: limit(1000, HOUR),
    /** Codes tried from one network address. @default 20 an hour */
    verifyPerIp: limit(20, HOUR),
    /** Registrations from one network address. @default 60 in 15 minutes */
    registerPerIp: limit(60, 15 * MINUTE),
    /** Requests to reset a password from one network address. @default 20 an hour */
    resetPerIp: limit(20, HOUR),
    /** Mails to reset a password to one address. @default 3 in 15 minutes */
    resetPerEmail: limit(3, 15 * MINUTE),
    /** Requests to verify an address, by one sign-in. @default 5 an hour */
    verificationPerIdentity: limit(5, HOUR),
    /** Changes of the e-mail address that a customer begins. @default 5 an hour */
    emailChange: limit(5, HOUR),
    /** Links redeemed from one network address. @default 30 a minute */
    exchangePerIp: limit(30, MINUTE),
    /** Looks at one link before it is opened. @default 30 an hour */
    previewPerLink: limit(30, HOUR),
    /** Invitations to members that an account sends. @default 30 a day */
    memberInvite: limit(30, DAY),
    /** Invitations to members that one address gets. @default 5 a day */
    memberInvitePerEmail: limit(5, DAY),
    /** Exports of a customer's data. @default 5 a day */
    dataExport: limit(5, DAY),
    /** Payment methods that a customer begins to add. @default 5 in 10 minutes */
    paymentSetup: limit(5, 10 * MINUTE),
    /** Charges that a customer asks for (`retry-payment`, `order-now`, another
     * payment method). @default 30 an hour */
    chargeOnDemand: limit(30, HOUR),
    /** Payment methods that a customer begins to add. @default 20 a day */
    paymentSetupDaily: limit(20, DAY),
  })
  .prefault({})
