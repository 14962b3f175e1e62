import { z } from "@medusajs/framework/zod"

const MINUTE = 60
const DAY = 86_400

/** At most so many failures, counted from the first. */
const tries = (max: number, seconds: number) =>
  z
    .strictObject({
      max: z.number().int().min(1).max(1_000_000).default(max),
      seconds: z.number().int().min(1).max(DAY).default(seconds),
    })
    .prefault({})

const on = () => z.boolean().default(true)

/**
 * Hardenings around Medusa's own sign-in of customers, each on by default. The
 * sign-in of admin users is left as it is.
 */
export const securitySchema = z
  .strictObject({
    /**
     * Ends Medusa's tokens and cookies of a customer after a reset of the
     * password, a change of address or of the second factor, and on request.
     * @default true
     */
    revocation: on(),
    /**
     * Remembers where a customer signs in, for the list of sign-ins and the mail
     * about a new device.
     * @default true
     */
    deviceTracking: on(),
    /**
     * A sign-in by cookie gets a new session id, and the cookie lives no longer
     * than the token that it was made from.
     * @default true
     */
    cookieHardening: on(),
    /** Limits on sign-in, registration and reset of passwords. @default true */
    throttling: on(),
    /**
     * The shortest time that such an answer takes, in milliseconds, so that it
     * does not tell whether an address is known. 0 switches it off.
     * @default 250
     */
    loginMinMs: z.number().int().min(0).max(5000).default(250),
    /** Addresses are registered in lower case, and must look like one. @default true */
    normalizeEmail: on(),
    /** What a new password must be. */
    password: z
      .strictObject({
        /** In characters. @default 8 */
        minLength: z.number().int().min(1).max(128).default(8),
        /** In characters; 1 KB is the most in any case. @default 256 */
        maxLength: z.number().int().min(64).max(1024).default(256),
        /** Refuses the passwords that leaks hold most often. @default true */
        refuseCommon: on(),
      })
      .prefault({}),
    /**
     * Counts tries of second factors exactly, takes each code once, ends other
     * sign-ins when the second factor changes, and lets an enrolment that was
     * left begin again.
     * @default true
     */
    mfaHardening: on(),
    /**
     * A link that resets a password works once, however many use it at once, and
     * what the caller adds to the request is dropped.
     * @default true
     */
    resetHardening: on(),
    /**
     * An address can be verified only by the sign-in that it belongs to, and the
     * answer holds nothing of the code.
     * @default true
     */
    verificationHardening: on(),
    /**
     * An account's address must be the one of its sign-in.
     * @default true
     */
    matchAccountEmail: on(),
    /**
     * What happens to an account that may have been made by somebody else, when
     * its owner first proves the mailbox: everything that is signed in ends.
     * @default true
     */
    prehijackGuard: on(),
    /**
     * At that proof the password of such an account, and social sign-ins whose
     * provider does not vouch for the address, stop working; the owner is mailed a
     * link to set a new password. Needs `prehijackGuard`.
     * @default true
     */
    closeUnprovenSignIns: on(),
    /** Wrong passwords for one customer or address. @default 10 in 15 minutes */
    passwordTries: tries(10, 15 * MINUTE),
    /**
     * Failed sign-ins from one network address. A storefront that signs customers
     * in from its own server shares one: raise it, or hand the address on.
     * @default 60 in 15 minutes
     */
    loginTriesPerIp: tries(60, 15 * MINUTE),
    /** Wrong second factors in one challenge. @default 5 in 5 minutes */
    mfaTriesPerChallenge: tries(5, 5 * MINUTE),
    /** Wrong second factors of one customer. @default 10 in 15 minutes */
    mfaTries: tries(10, 15 * MINUTE),
  })
  .prefault({})
