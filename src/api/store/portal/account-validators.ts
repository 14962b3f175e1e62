/** What the routes of profile, addresses, preferences and members take. */
import { z } from "@medusajs/framework/zod"
import { MEMBER_ROLES } from "../../../types/portal-session"
import { MAIL_CATEGORY_NAMES } from "../../../workflows/account/preferences"
import { page, text } from "../../_lib/query-schema"

const short = text(100).nullable().optional()
const long = text(250).nullable().optional()
const phone = text(50).nullable().optional()

/** A language tag: `de` or `de-AT`. */
const locale = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}$/, {
    error: "must be a language tag",
  })
  .nullable()
  .optional()

/** Body of `POST /store/portal/profile`. */
export const profileSchema = z.strictObject({
  first_name: short,
  last_name: short,
  company_name: long,
  phone,
  locale,
})
export type ProfileBody = z.infer<typeof profileSchema>

/** Body of `POST /store/portal/addresses` and `…/:id`. */
export const addressSchema = z.strictObject({
  address_name: short,
  company: long,
  first_name: short,
  last_name: short,
  address_1: long,
  address_2: long,
  city: short,
  province: short,
  postal_code: text(20).nullable().optional(),
  country_code: z
    .string()
    .regex(/^[a-zA-Z]{2}$/, { error: "must be two letters" })
    .transform((code) => code.toLowerCase())
    .nullable()
    .optional(),
  phone,
  is_default_shipping: z.boolean().optional(),
  is_default_billing: z.boolean().optional(),
})
export type AddressBody = z.infer<typeof addressSchema>

/** Body of `POST /store/portal/communication-preferences`. */
export const preferencesSchema = z.strictObject({
  locale,
  categories: z
    .partialRecord(z.enum(MAIL_CATEGORY_NAMES), z.boolean())
    .optional(),
})
export type PreferencesBody = z.infer<typeof preferencesSchema>

/** Query of `GET /store/portal/members`. */
export const membersQuery = z.strictObject(page)
export type MembersQuery = z.infer<typeof membersQuery>

const role = z.enum(MEMBER_ROLES)

/** Body of `POST /store/portal/members`. */
export const inviteSchema = z.strictObject({
  email: z.email().max(320),
  role,
})
export type InviteBody = z.infer<typeof inviteSchema>

/** Body of `POST /store/portal/members/:id`. */
export const roleSchema = z.strictObject({ role })
export type RoleBody = z.infer<typeof roleSchema>

/** Body of `POST /store/portal/members/accept`. */
export const acceptSchema = z.strictObject({
  token: z.string().min(1).max(200),
})
export type AcceptBody = z.infer<typeof acceptSchema>
