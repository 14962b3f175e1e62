import { ArrowUpRightOnBox } from "@medusajs/icons"
import { Button, Copy, Drawer, Text } from "@medusajs/ui"
import { useTexts } from "../../hooks/use-texts"
import type { ShownLink } from "./use-portal-link"

/** Shows a link once, with what it is good for. */
export function LinkDrawer(props: {
  link: ShownLink | null
  email: string
  onClose: () => void
}) {
  const { t } = useTexts()
  const { link, email, onClose } = props
  const kind = link?.isImpersonation ? "view" : "link"
  return (
    <Drawer
      open={link !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) {
          onClose()
        }
      }}
    >
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{t(`access.${kind}.title`)}</Drawer.Title>
          <Drawer.Description className="txt-small text-ui-fg-subtle">
            {t(`access.${kind}.text`, { email })}
          </Drawer.Description>
        </Drawer.Header>
        {link && (
          <Drawer.Body className="flex flex-col gap-y-3">
            <div className="bg-ui-bg-subtle shadow-borders-base flex items-start gap-x-2 rounded-lg p-3">
              <code className="txt-compact-small text-ui-fg-subtle min-w-0 flex-1 break-all">
                {link.url}
              </code>
              <Copy content={link.url} />
            </div>
            <Text size="small" className="text-ui-fg-subtle">
              {t("access.life", { count: link.minutes })}
              {link.isCopied && ` ${t("access.onClipboard")}`}
            </Text>
          </Drawer.Body>
        )}
        <Drawer.Footer>
          <Drawer.Close asChild>
            <Button size="small" variant="secondary">
              {t("common.close")}
            </Button>
          </Drawer.Close>
          {link?.isImpersonation && (
            <Button size="small" asChild>
              <a href={link.url} target="_blank" rel="noopener noreferrer">
                {t("access.view.open")}
                <ArrowUpRightOnBox />
              </a>
            </Button>
          )}
        </Drawer.Footer>
      </Drawer.Content>
    </Drawer>
  )
}
