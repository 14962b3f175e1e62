import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ACCESS_HEADERS, ACCESS_PAGE } from "../_page/page"

/** `GET /portal/access`: the page that opens a link, after a click. */
export const GET = (_req: MedusaRequest, res: MedusaResponse) => {
  for (const [name, value] of Object.entries(ACCESS_HEADERS)) {
    res.setHeader(name, value)
  }
  res.type("html").send(ACCESS_PAGE)
}
