import { z } from "@medusajs/framework/zod"
import { text } from "../../../../_lib/query-schema"

/** Body of `POST /store/portal/session/complete`. */
export const completeTaskSchema = z.strictObject({ task: text(100) })
export type CompleteTaskBody = z.infer<typeof completeTaskSchema>
