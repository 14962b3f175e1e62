const ADDRESS_FIELDS = [
  "first_name",
  "last_name",
  "company",
  "phone",
  "address_1",
  "address_2",
  "city",
  "province",
  "postal_code",
  "country_code",
  "metadata",
] as const

/**
 * An address as a subscription keeps it: what it says, without the ids and times
 * of the order's row, so that it can be handed to a new order as it is.
 */
export function addressSnapshot(
  address: unknown
): Record<string, unknown> | null {
  if (typeof address !== "object" || address === null) {
    return null
  }
  const values = address as Record<string, unknown>
  return Object.fromEntries(
    ADDRESS_FIELDS.map((field) => [field, values[field] ?? null])
  )
}
