import { XMark } from "@medusajs/icons"
import { IconButton, toast, Tooltip } from "@medusajs/ui"
import { useRevokePortalSession } from "../../hooks/api/portal-access"
import { useTexts } from "../../hooks/use-texts"

/** Ends a link, a session or a sign-in to the storefront. */
export function RevokeButton({ id }: { id: string }) {
  const { t } = useTexts()
  const { mutate, isPending } = useRevokePortalSession()
  return (
    <Tooltip content={t("access.revokeOne")}>
      <IconButton
        size="small"
        variant="transparent"
        aria-label={t("access.revokeOne")}
        isLoading={isPending}
        onClick={() => {
          mutate(id, {
            onSuccess: () => {
              toast.success(t("access.revokedOne"))
            },
            onError: (error) => {
              toast.error(error.message)
            },
          })
        }}
      >
        <XMark />
      </IconButton>
    </Tooltip>
  )
}
