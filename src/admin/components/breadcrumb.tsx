import { useTexts } from "../hooks/use-texts"

/** A breadcrumb that follows the language. */
export function Breadcrumb({ text }: { text: string }) {
  const { t } = useTexts()
  return <>{t(text)}</>
}
