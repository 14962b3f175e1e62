import { z } from "@medusajs/framework/zod"
import { originSchema, portalUrlSchema } from "./urls"

const TENANT_ID = /^[a-z0-9][a-z0-9_-]{0,49}$/

const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, {
  error: "must be a colour such as #1f2937",
})

const locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
  error: "must be a language tag such as de or de-AT",
})

const brandingShape = z.strictObject({
  /** Name of the shop. @default the store's name in Medusa */
  name: z.string().min(1).max(100).optional(),
  /** https address of a logo, PNG or JPEG, at least 80 px high. */
  logoUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  /** Colour of buttons and links. @default "#111827" */
  primaryColor: color.optional(),
  /** Colour behind the content. @default "#f3f4f6" */
  backgroundColor: color.optional(),
  /** Colour of the text. @default "#111827" */
  textColor: color.optional(),
  /** Last lines of every mail: company, address, register. */
  footer: z.string().max(1000).optional(),
  /** Where customers write to. */
  supportEmail: z.email().optional(),
})

/** What mails and the portal look like. */
export const brandingSchema = brandingShape.prefault({})
export type BrandingOptions = z.infer<typeof brandingShape>

const tenantSchema = z.strictObject({
  /** Short and stable: it stands in tokens and rows. */
  id: z.string().regex(TENANT_ID, {
    error: "must be lower-case letters, digits, - and _, at most 50",
  }),
  /** A disabled tenant has no sessions and makes none. @default true */
  enabled: z.boolean().default(true),
  /** Sales channels whose publishable keys and orders belong to it. */
  salesChannelIds: z.array(z.string().min(1)).min(1),
  /** Payment providers that its customers may use. @default all */
  paymentProviderIds: z.array(z.string().min(1)).min(1).optional(),
  /** Address of its portal. @default option `portalUrl` */
  portalUrl: portalUrlSchema.optional(),
  /** Origins to return to. @default option `returnOrigins` */
  returnOrigins: z.array(originSchema).max(50).optional(),
  /**
   * Where set, a `return_url` must also begin with one of these paths.
   * @default any path
   */
  returnPaths: z.array(z.string().startsWith("/").max(200)).optional(),
  /** Its looks, on top of option `branding`. */
  branding: brandingShape.optional(),
  /** Language of mails to customers without one. @default "en" */
  locale: locale.optional(),
})

/** No two tenants may claim the same id or the same sales channel. */
export const tenantsSchema = z
  .array(tenantSchema)
  .max(100)
  .refine((tenants) => isUnique(tenants.map(({ id }) => id)), {
    error: "must not hold an id twice",
  })
  .refine(
    (tenants) => isUnique(tenants.flatMap((tenant) => tenant.salesChannelIds)),
    { error: "must not give a sales channel to two tenants" }
  )
  .default([])

function isUnique(values: string[]): boolean {
  return new Set(values).size === values.length
}
