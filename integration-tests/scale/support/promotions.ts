import { Modules } from "@medusajs/framework/utils"

import type { PortalTestApp } from "../../helpers"

/** Promotions that every cart gets by itself: on its lines and on its shipping. */
export async function automaticPromotions(app: PortalTestApp): Promise<void> {
  await app
    .container()
    .resolve(Modules.PROMOTION)
    .createPromotions([
      {
        code: "LINES",
        type: "standard",
        status: "active",
        is_automatic: true,
        application_method: {
          type: "percentage",
          target_type: "items",
          allocation: "across",
          value: 7.5,
        },
      },
      {
        code: "SHIPPING",
        type: "standard",
        status: "active",
        is_automatic: true,
        application_method: {
          type: "percentage",
          target_type: "shipping_methods",
          allocation: "across",
          value: 33,
        },
      },
    ])
}
