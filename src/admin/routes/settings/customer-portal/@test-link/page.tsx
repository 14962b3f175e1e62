import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { TestLinkForm } from "../../../../components/portal-settings/test-link-form"
import { useTexts } from "../../../../hooks/use-texts"

/** A link by mail, as a customer gets it. */
const TestLinkPage = () => {
  const { t } = useTexts()
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("testLink.title")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="txt-small text-ui-fg-subtle">
          {t("testLink.text")}
        </RouteDrawer.Description>
      </RouteDrawer.Header>
      <TestLinkForm />
    </RouteDrawer>
  )
}

export default TestLinkPage
