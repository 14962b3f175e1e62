import { z } from "@medusajs/framework/zod"
import { MAIL_TEMPLATE_NAMES } from "../../../types/mails"

/** The mails that the plugin sends through the notification module. */
export const mailsSchema = z
  .strictObject({
    /**
     * Sender of the plugin's mails, such as `Shop <hello@shop.example>`.
     * @default the notification provider's own
     */
    from: z.string().min(3).max(320).optional(),
    /**
     * `false` switches a mail off, for shops that send their own: all events
     * that lead to it stay. `portal-no-account` goes out only with `true`.
     * @default {} // all on but portal-no-account
     */
    enabled: z
      .partialRecord(z.enum(MAIL_TEMPLATE_NAMES), z.boolean())
      .default({}),
    /**
     * Signing secret of Resend's webhook. With it, `POST /hooks/portal/resend`
     * records what became of each mail; without it, that route answers 404.
     */
    resendWebhookSecret: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/, {
        error: "must be the signing secret of a Resend webhook (whsec_…)",
      })
      .optional(),
  })
  .prefault({})
