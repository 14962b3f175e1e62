import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import type { JobRunResponse } from "../../../../../../types/runtime-http"
import { runPortalJob } from "../../../../../../workflows/jobs"

/** `POST /admin/portal/jobs/:name/run`: runs a job and answers when it is done. */
export const POST = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    const job = req.params.name ?? ""
    const counts = await runPortalJob(req.scope, job)
    res.json({ job, counts } satisfies JobRunResponse)
  }
)
