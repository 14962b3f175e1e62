import { toast } from "@medusajs/ui"
import { useState } from "react"
import type { AdminPortalSessionCreatedResponse } from "../../../types/portal-session-http"
import {
  useCreatePortalLink,
  type NewPortalLink,
} from "../../hooks/api/portal-access"
import { useTexts } from "../../hooks/use-texts"
import { minutesToOpen } from "../../lib/portal"

/** A link that is shown once: it lives here until it is closed. */
export type ShownLink = {
  url: string
  minutes: number
  isImpersonation: boolean
  isCopied: boolean
}

/** Makes a link for a customer: to hand on, to look at the account, or by mail. */
export function usePortalLink(customer: { id: string; email: string }) {
  const { t } = useTexts()
  const [shown, setShown] = useState<ShownLink | null>(null)
  const { mutate, reset, isPending } = useCreatePortalLink()

  const show = async ({
    portal_session,
    url,
  }: AdminPortalSessionCreatedResponse) => {
    if (!url) {
      toast.success(t("access.mailed", { email: customer.email }))
      return
    }
    const isImpersonation = portal_session.impersonator_id !== null
    const isCopied = !isImpersonation && (await copy(url))
    const minutes = minutesToOpen(portal_session)
    setShown({ url, minutes, isImpersonation, isCopied })
  }

  const create = (
    request: Pick<NewPortalLink, "delivery" | "impersonate" | "tenant_id">
  ) => {
    mutate(
      { customer_id: customer.id, ...request },
      {
        onSuccess: (created) => void show(created),
        onError: (error) => {
          toast.error(error.message)
        },
      }
    )
  }

  const close = () => {
    setShown(null)
    // The answer holds the address as well.
    reset()
  }

  return { create, isPending, shown, close }
}

/** Browsers refuse without https, or when the window lost the focus. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
