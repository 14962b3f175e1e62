import { ActionMenu } from "@medusajs/dashboard/components"
import { Envelope, Eye, Link, ListBullet, XCircle } from "@medusajs/icons"
import { toast, usePrompt } from "@medusajs/ui"
import { useRevokeCustomerSessions } from "../../hooks/api/portal-access"
import { useTexts } from "../../hooks/use-texts"
import type { usePortalLink } from "./use-portal-link"

/** What an admin can do about a customer's way into the portal. */
export function AccessActions(props: {
  customer: { id: string; email: string }
  tenantId: string | undefined
  create: ReturnType<typeof usePortalLink>["create"]
  isPending: boolean
  /** Whether the store has somebody who sends mails. */
  canMail: boolean
  onList: () => void
}) {
  const { t } = useTexts()
  const { customer, tenantId, create, isPending, canMail, onList } = props
  const { mail, revokeAll } = useConfirmed(props)
  const disabled = isPending
  return (
    <ActionMenu
      groups={[
        {
          actions: [
            {
              icon: <Link />,
              label: t("access.copyLink"),
              disabled,
              onClick: () => {
                create({
                  delivery: "return",
                  impersonate: false,
                  tenant_id: tenantId,
                })
              },
            },
            {
              icon: <Envelope />,
              label: t("access.mailLink"),
              disabled: disabled || !canMail || !customer.email,
              disabledTooltip: canMail
                ? undefined
                : t("settings.mails.missing"),
              onClick: () => void mail(),
            },
            {
              icon: <Eye />,
              label: t("access.viewAs"),
              disabled,
              onClick: () => {
                create({
                  delivery: "return",
                  impersonate: true,
                  tenant_id: tenantId,
                })
              },
            },
          ],
        },
        {
          actions: [
            {
              icon: <ListBullet />,
              label: t("access.sessions.action"),
              onClick: onList,
            },
          ],
        },
        {
          actions: [
            {
              icon: <XCircle />,
              label: t("access.revokeAll"),
              onClick: () => void revokeAll(),
            },
          ],
        },
      ]}
    />
  )
}

/** What reaches the customer is asked for first. */
function useConfirmed(props: {
  customer: { id: string; email: string }
  tenantId: string | undefined
  create: ReturnType<typeof usePortalLink>["create"]
}) {
  const { t } = useTexts()
  const prompt = usePrompt()
  const { customer, tenantId, create } = props
  const { mutate } = useRevokeCustomerSessions(customer.id)
  const { email } = customer

  const mail = async () => {
    const isAgreed = await prompt({
      title: t("access.mail.title"),
      description: t("access.mail.text", { email }),
      confirmText: t("access.mail.confirm"),
      cancelText: t("common.cancel"),
      variant: "confirmation",
    })
    if (isAgreed) {
      create({ delivery: "email", impersonate: false, tenant_id: tenantId })
    }
  }

  const revokeAll = async () => {
    const isAgreed = await prompt({
      title: t("access.revoke.title"),
      description: t("access.revoke.text", { email }),
      confirmText: t("access.revoke.confirm"),
      cancelText: t("common.cancel"),
    })
    if (isAgreed) {
      mutate(undefined, {
        onSuccess: ({ revoked }) => {
          toast.success(t("access.revoked", { count: revoked }))
        },
        onError: (error) => {
          toast.error(error.message)
        },
      })
    }
  }

  return { mail, revokeAll }
}
