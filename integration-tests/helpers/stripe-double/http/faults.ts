import { setTimeout as sleep } from "node:timers/promises"
import { matchPath } from "../api/path-template"
import type { FormFields } from "./form"
import type { RequestRecord } from "./request-log"

/** Which requests a script or a hold is about. */
export interface RequestMatch {
  method?: string
  /** A path, a template such as `/v1/customers/{id}`, or an expression. */
  path: RegExp | string
  match?: (params: FormFields) => boolean
}

/** What a script does to a request. */
export type Effect =
  "timeout" | "reset" | "500" | "delay" | "idempotency_error" | "429"

/** A disturbance of the next requests that fit. */
export interface Script extends RequestMatch {
  /** How many requests it disturbs. */
  times: number
  /** Before Stripe executes the request, or after. */
  when: "before" | "after"
  effect: Effect
  /** For `delay`. */
  delayMs?: number
}

/** Stops one request until the test lets it go on. */
export interface Hold {
  /** Resolves when the request is being held. */
  readonly reached: Promise<RequestRecord>
  /** Lets the request go on. */
  release(): void
  /** Cuts the connection; a request held before its execution is lost. */
  drop(): void
}

interface HoldState extends Hold {
  spec: RequestMatch & { when: "before" | "after" }
  reach(request: RequestRecord): void
  decision: Promise<"go" | "drop">
}

/** The disturbances that wait for their request. */
export class Faults {
  private scripts: Script[] = []
  private waiting: HoldState[] = []
  private readonly holding = new Set<HoldState>()

  add(script: Script): void {
    this.scripts.push({ ...script })
  }

  /** The script for this request, used up by one. */
  take(request: RequestRecord): Script | undefined {
    const script = this.scripts.find(
      (one) => one.times > 0 && fits(one, request)
    )
    if (script) {
      script.times -= 1
    }
    return script
  }

  hold(spec: RequestMatch & { when: "before" | "after" }): Hold {
    const reached = deferred<RequestRecord>()
    const decided = deferred<"go" | "drop">()
    const state: HoldState = {
      spec,
      reached: reached.promise,
      reach: reached.resolve,
      decision: decided.promise,
      release: () => decided.resolve("go"),
      drop: () => decided.resolve("drop"),
    }
    this.waiting.push(state)
    return state
  }

  /** Waits when this request is to be held at this moment. */
  async passHold(
    request: RequestRecord,
    when: "before" | "after"
  ): Promise<"go" | "drop"> {
    const state = this.waiting.find(
      (one) => one.spec.when === when && fits(one.spec, request)
    )
    if (!state) {
      return "go"
    }
    this.waiting = this.waiting.filter((one) => one !== state)
    this.holding.add(state)
    state.reach(request)
    const decision = await state.decision
    this.holding.delete(state)
    return decision
  }

  /** Forgets all scripts and drops what is being held. */
  clear(): void {
    this.scripts = []
    this.waiting = []
    this.holding.forEach((state) => state.drop())
  }
}

/** Waits as long as the script says. */
export async function applyDelay(script: Script | undefined): Promise<void> {
  if (script?.effect === "delay") {
    await sleep(script.delayMs ?? 0)
  }
}

function fits(spec: RequestMatch, request: RequestRecord): boolean {
  const { method, path, match } = spec
  const rightPath =
    typeof path === "string"
      ? matchPath(path, request.path) !== undefined
      : path.test(request.path)
  return (
    rightPath &&
    (method === undefined || method.toUpperCase() === request.method) &&
    (match === undefined || match(request.params))
  )
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined
  const promise = new Promise<Value>((fulfil) => {
    resolve = fulfil
  })
  return { promise, resolve }
}
