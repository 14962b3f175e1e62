import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { withPortalErrors } from "../../../../errors/error-handler"
import { RUNTIME_MODULE } from "../../../../modules/runtime"
import type { TestClockResponse } from "../../../../types/runtime-http"
import { setTestClockWorkflow } from "../../../../workflows/runtime/set-test-clock"
import type { SetTestClockBody } from "../validators"

/** What the route reads of the module: its time. */
type TestClock = { now(): Promise<Date>; getTestClock(): Promise<Date | null> }

/** `GET /admin/portal/test-clock` */
export const GET = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    res.json(await readTestClock(req.scope))
  }
)

/** `POST /admin/portal/test-clock`: any instant, or null for the real time. */
export const POST = withPortalErrors(
  async (req: MedusaRequest<SetTestClockBody>, res: MedusaResponse) => {
    await setTestClockWorkflow(req.scope).run({ input: req.validatedBody })
    res.json(await readTestClock(req.scope))
  }
)

async function readTestClock(
  container: MedusaContainer
): Promise<TestClockResponse> {
  const runtime = container.resolve<TestClock>(RUNTIME_MODULE)
  const set = await runtime.getTestClock()
  const now = set ?? (await runtime.now())
  return { test_clock: { now: now.toISOString(), is_set: set !== null } }
}
