import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"

/** The instant as ISO text, or null for the system's time. */
type SetTestClockInput = { now: string | null }

/** No compensation: nothing follows it that could fail. */
const setTestClockStep = createStep(
  "set-test-clock",
  async ({ now }: SetTestClockInput, { container }) => {
    const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
    await runtime.setTestClock(now === null ? null : new Date(now))
    return new StepResponse(undefined)
  }
)

/**
 * Sets the time of everything that the plugin does, forwards or back: a merchant
 * may start a scenario over. Going back never repeats a charge, because a period
 * is charged once whatever the time is.
 *
 * @throws `test_clock_disabled` where the option is off
 * @example
 * await setTestClockWorkflow(container).run({
 *   input: { now: "2030-01-31T10:00:00.000Z" },
 * })
 */
export const setTestClockWorkflow = createWorkflow(
  "portal-set-test-clock",
  function (input: SetTestClockInput) {
    return new WorkflowResponse(setTestClockStep(input))
  }
)
