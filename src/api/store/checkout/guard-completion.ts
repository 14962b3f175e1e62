import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { judgeCompletion } from "../../../workflows/checkout/judge-completion"
import { customerOf } from "./actor"

/** Before core completes a cart. */
export async function guardCompletion(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  await judgeCompletion(req.scope, {
    cart_id: req.params.id ?? "",
    actor_id: customerOf(req),
  })
  next()
}
