import de from "./de.json"
import en from "./en.json"

/** Texts of the admin, by language. English stands in where one is missing. */
export default {
  en: { customerPortal: en },
  de: { customerPortal: de },
}
