/** What mails and the portal of a tenant look like. */
export type Branding = {
  /** Name of the shop. */
  name: string
  logo_url: string | null
  /** Colours as `#rrggbb`. */
  primary_color: string
  background_color: string
  text_color: string
  /** Last lines of every mail. */
  footer: string | null
  support_email: string | null
}

/**
 * A brand of the store: what its customers, sessions and orders must not be
 * mixed up with. A store without the option `tenants` has one, `default`.
 */
export type Tenant = {
  id: string
  enabled: boolean
  /** null: all sales channels. */
  sales_channel_ids: string[] | null
  /** null: all payment providers. */
  payment_provider_ids: string[] | null
  /** Without a trailing slash. */
  portal_url: string
  return_origins: string[]
  /** null: any path of these origins. */
  return_paths: string[] | null
  branding: Branding
  /** Language of customers without one of their own. */
  locale: string
}
