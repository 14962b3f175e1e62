import { useTexts } from "../../hooks/use-texts"

const KEY = /^[a-z0-9][a-z0-9._:-]{0,63}$/
const HANDLE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** What can be said before the server says it. `true`, or what is wrong. */
export function useRules() {
  const { t } = useTexts()
  return {
    required: (value: string) => value.trim() !== "" || t("form.required"),
    handle: (value: string) => HANDLE.test(value) || t("form.handleInvalid"),
    key: (value: string) => KEY.test(value.trim()) || t("form.keyInvalid"),
    percent: (value: string) =>
      (Number(value) >= 0 && Number(value) <= 100) || t("form.percentRange"),
    wholeUpTo: (min: number, max: number) => (value: string) =>
      (value.trim() !== "" &&
        Number.isInteger(Number(value)) &&
        Number(value) >= min &&
        Number(value) <= max) ||
      t("form.wholeRange", { min, max }),
    wholeFrom: (min: number) => (value: string) =>
      (value !== "" &&
        Number.isInteger(Number(value)) &&
        Number(value) >= min) ||
      t("form.wholeFrom", { min }),
  }
}
