import type { FetchError } from "@medusajs/js-sdk"
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import type { SessionStatus } from "../../../types/portal-session"
import type {
  AdminPortalSessionCreatedResponse,
  AdminPortalSessionListResponse,
} from "../../../types/portal-session-http"
import { portalSessionKeys } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

const PATH = "/admin/portal/sessions"

export type PortalSessionQuery = {
  customer_id?: string
  status?: SessionStatus[]
  limit: number
  offset?: number
}

/** What an admin asks for: a link for the customer, or a look at the account. */
export type NewPortalLink = {
  customer_id: string
  tenant_id?: string
  delivery: "return" | "email"
  impersonate: boolean
}

export function usePortalSessions(query: PortalSessionQuery, enabled = true) {
  return useQuery<AdminPortalSessionListResponse, FetchError>({
    queryKey: portalSessionKeys.list(query),
    queryFn: () => sdk.client.fetch(PATH, { query }),
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** The answer holds the link's address: it is kept in no cache. */
export function useCreatePortalLink() {
  const refresh = useRefresh()
  return useMutation<
    AdminPortalSessionCreatedResponse,
    FetchError,
    NewPortalLink
  >({
    mutationFn: (body) => sdk.client.fetch(PATH, { method: "POST", body }),
    onSettled: refresh,
    gcTime: 0,
  })
}

/** By the id of a link, a session or a sign-in to the storefront. */
export function useRevokePortalSession() {
  const refresh = useRefresh()
  return useMutation<unknown, FetchError, string>({
    mutationFn: (id) =>
      sdk.client.fetch(`${PATH}/${id}/revoke`, { method: "POST", body: {} }),
    // After an error too: it may have ended in the meantime.
    onSettled: refresh,
  })
}

/** Also ends the sign-ins that Medusa itself has made. */
export function useRevokeCustomerSessions(customerId: string) {
  const refresh = useRefresh()
  return useMutation<{ revoked: number }, FetchError>({
    mutationFn: () =>
      sdk.client.fetch(
        `/admin/portal/customers/${customerId}/revoke-sessions`,
        { method: "POST", body: {} }
      ),
    onSettled: refresh,
  })
}

/**
 * Mails a link to the customer with an address.
 *
 * @returns null where there is none: only customers have an account to open
 */
export function useSendTestLink() {
  const refresh = useRefresh()
  return useMutation<
    { id: string; email: string } | null,
    FetchError,
    { email: string; tenant_id?: string }
  >({
    mutationFn: async ({ email, tenant_id }) => {
      const { customers } = await sdk.admin.customer.list({
        email: email.toLowerCase(),
        fields: "id,email",
        limit: 1,
      })
      const customer = customers[0]
      if (!customer) {
        return null
      }
      const body: NewPortalLink = {
        customer_id: customer.id,
        tenant_id,
        delivery: "email",
        impersonate: false,
      }
      await sdk.client.fetch(PATH, { method: "POST", body })
      return customer
    },
    onSettled: refresh,
  })
}

function useRefresh() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: portalSessionKeys.all })
}
