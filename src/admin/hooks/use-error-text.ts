import { useDate } from "@medusajs/dashboard/hooks"
import { ApiError } from "../lib/sdk"
import { useTexts } from "./use-texts"

/** What an error of the plugin's routes says, in the language of the dashboard. */
export function useErrorText(): (error: Error) => string {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  return (error) => {
    if (!(error instanceof ApiError)) {
      return error.message
    }
    const { code, details, message } = error
    const { earliest, after, latest, max } = details
    const from = earliest ?? after
    if (
      code === "action_out_of_bounds" &&
      typeof from === "string" &&
      typeof latest === "string"
    ) {
      const day = (date: string) =>
        getFullDate({ date, includeTime: true }).trim()
      // Bounds that leave nothing between them.
      return Date.parse(from) > Date.parse(latest)
        ? t("error.noDay")
        : t("error.days", { from: day(from), to: day(latest) })
    }
    if (code === "action_out_of_bounds" && typeof max === "number") {
      return t("error.max", { max })
    }
    return t(`error.${code}`, { defaultValue: message })
  }
}
