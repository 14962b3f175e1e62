import { useDate } from "@medusajs/dashboard/hooks"
import { Text, Tooltip } from "@medusajs/ui"
import type { DeviceView } from "../../../types/portal-session-http"
import { useTexts } from "../../hooks/use-texts"
import { RevokeButton } from "./revoke-button"

/** Where a customer is signed in to the storefront, by Medusa's own login. */
export function DeviceRow({ device }: { device: DeviceView }) {
  const { t } = useTexts()
  const { getFullDate, getRelativeDate } = useDate()
  const seen = device.last_seen_at
  return (
    <div className="flex items-center justify-between gap-x-3 px-6 py-3">
      <div className="min-w-0">
        <Text size="small" leading="compact" weight="plus" className="truncate">
          {device.device_label ?? t("access.unknownDevice")}
        </Text>
        <Tooltip content={getFullDate({ date: seen, includeTime: true })}>
          <Text size="small" className="text-ui-fg-subtle w-fit">
            {[getRelativeDate(seen), t(`access.device.${device.kind}`)].join(
              " · "
            )}
          </Text>
        </Tooltip>
      </div>
      <RevokeButton id={device.id} />
    </div>
  )
}
