import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { enrollTotp } from "../../../../../../workflows/account-security/mfa-enrolment"
import type { PortalRequest } from "../../../../../_lib/portal-guard"

/** `POST /store/portal/security/mfa/enroll`: begins to set up an authenticator app. */
export const POST = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { tenant, customer_id, customer } = req.portal
    res.json(
      await enrollTotp(req.scope, {
        customer_id,
        label: customer.email,
        issuer: tenant.branding.name ?? "Medusa",
      })
    )
  }
)
