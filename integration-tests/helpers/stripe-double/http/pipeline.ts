import { setTimeout as sleep } from "node:timers/promises"
import { checkRequest, describes } from "../api/check-request"
import type { ApiDescription } from "../api/description"
import { findRoute } from "../endpoints"
import type { ChargeFault } from "../model/cards"
import type { World } from "../model/world"
import { assertAuthorized } from "./authorization"
import {
  ApiError,
  idempotencyError,
  invalidParams,
  rateLimited,
  serverError,
  unknownUrl,
} from "./errors"
import { assertExpandable, expand } from "./expand"
import { applyDelay, type Effect, type Faults, type Script } from "./faults"
import type { Answer, Claim, IdempotencyKeys } from "./idempotency"
import { Params } from "./params"
import type { RequestLog, RequestRecord } from "./request-log"

/** What becomes of a request: an answer, no answer at all, or a cut line. */
export type Outcome = Answer | "timeout" | "reset"

/** What the pipeline needs from the double. */
export interface PipelineParts {
  description: ApiDescription | undefined
  faults: Faults
  /** Those of the account that the request is for. */
  keysFor(request: RequestRecord): IdempotencyKeys
  log: RequestLog
  latencyMs: () => number
  /** The world as one request sees it. */
  worldFor(
    request: RequestRecord,
    spoilAnswer: (effect: ChargeFault["effect"]) => void
  ): World
}

/** Takes requests through everything Stripe does with them. */
export class Pipeline {
  constructor(private readonly parts: PipelineParts) {}

  async run(
    request: RequestRecord,
    authorization: string | undefined
  ): Promise<Outcome> {
    const { faults, log } = this.parts
    log.arrived(request)
    const script = faults.take(request)
    const lost = script && loseBefore(script)
    if (lost) {
      return lost
    }
    try {
      assertAuthorized(request, authorization)
      return await this.answer(request, script)
    } catch (error) {
      return this.refuse(request, error)
    }
  }

  private async answer(
    request: RequestRecord,
    script: Script | undefined
  ): Promise<Outcome> {
    const { faults } = this.parts
    const keys = this.parts.keysFor(request)
    const { idempotencyKey, method, path, params } = request
    const verdict = keys.present(idempotencyKey, method, path, params)
    const outcome =
      "replay" in verdict
        ? this.replay(request, verdict.replay, script)
        : await this.perform(request, verdict.claim, script)
    if (script?.when === "after") {
      await applyDelay(script)
    }
    const decision = await faults.passHold(request, "after")
    return decision === "drop" ? "reset" : outcome
  }

  private replay(
    request: RequestRecord,
    kept: Answer,
    script: Script | undefined
  ): Outcome {
    request.replayed = true
    return script?.when === "after" ? spoil(kept, script.effect) : kept
  }

  private async perform(
    request: RequestRecord,
    claim: Claim,
    script: Script | undefined
  ): Promise<Outcome> {
    try {
      this.assertDescribed(request)
      await this.takeTime()
      if ((await this.parts.faults.passHold(request, "before")) === "drop") {
        claim.release()
        return "reset"
      }
      if (script?.when === "before") {
        await applyDelay(script)
      }
      return this.execute(request, claim, script)
    } catch (error) {
      claim.release()
      throw error
    }
  }

  private async takeTime(): Promise<void> {
    const latencyMs = this.parts.latencyMs()
    if (latencyMs > 0) {
      await sleep(latencyMs)
    }
  }

  private execute(
    request: RequestRecord,
    claim: Claim,
    script: Script | undefined
  ): Outcome {
    if (script?.when === "before" && script.effect === "500") {
      const failed = answerOf(serverError())
      claim.save(failed)
      return failed
    }
    let effect: Effect | undefined =
      script?.when === "after" ? script.effect : undefined
    const world = this.parts.worldFor(request, (fault) => {
      effect ??= fault
    })
    const answer = this.handle(world, request)
    const outcome = effect ? spoil(answer, effect) : answer
    const failed = typeof outcome === "object" && outcome.status >= 500
    claim.save(failed ? outcome : answer)
    return outcome
  }

  /** @throws the errors after which nothing is kept under the key */
  private handle(world: World, request: RequestRecord): Answer {
    const found = findRoute(request.method, request.path)
    if (!found) {
      throw unknownUrl(request.method, request.path)
    }
    const { route, values } = found
    const params = new Params(request.params)
    const paths = params.list("expand") ?? []
    assertExpandable(route.kind, paths, route.list ?? false)
    try {
      const body = route.handle(world, params, values)
      this.reportIgnored(request, params)
      return {
        status: 200,
        body: JSON.stringify(expand(world.store, body, paths)),
      }
    } catch (error) {
      if (error instanceof ApiError && error.stage === "execution") {
        return answerOf(error)
      }
      throw error
    }
  }

  private assertDescribed(request: RequestRecord): void {
    const { description } = this.parts
    const { method, path, params } = request
    if (!description) {
      return
    }
    if (!describes(description, method, path)) {
      throw unknownUrl(method, path)
    }
    const [fault] = checkRequest(description, method, path, params)
    if (fault) {
      const { message, code, param } = fault
      throw invalidParams(message, { code, param })
    }
  }

  /** A parameter that has no effect here must not look as if it had. */
  private reportIgnored(request: RequestRecord, params: Params): void {
    for (const param of params.unread()) {
      this.parts.log.violations.push({
        method: request.method,
        path: request.path,
        code: "parameter_not_modelled",
        message: `The Stripe double does nothing with: ${param}`,
        param,
      })
    }
  }

  private refuse(request: RequestRecord, error: unknown): Answer {
    if (!(error instanceof ApiError)) {
      throw error
    }
    if (isViolation(error)) {
      const { code, message, param } = error.body
      const { method, path } = request
      this.parts.log.violations.push({ method, path, code, message, param })
    }
    return answerOf(error)
  }
}

function isViolation(error: ApiError): boolean {
  return (
    error.body.type === "invalid_request_error" &&
    (error.status === 400 || error.status === 404)
  )
}

function loseBefore(script: Script): Outcome | undefined {
  if (script.when !== "before") {
    return undefined
  }
  switch (script.effect) {
    case "timeout":
    case "reset":
      return script.effect
    case "429":
    case "idempotency_error":
      return answerOf(errorOf(script.effect))
    default:
      return undefined
  }
}

function spoil(answer: Answer, effect: Effect): Outcome {
  switch (effect) {
    case "timeout":
    case "reset":
      return effect
    case "delay":
      return answer
    default:
      return answerOf(errorOf(effect))
  }
}

function errorOf(effect: "500" | "429" | "idempotency_error"): ApiError {
  switch (effect) {
    case "500":
      return serverError()
    case "429":
      return rateLimited()
    default:
      return idempotencyError(
        400,
        "Keys for idempotent requests can only be used with the same parameters they were first used with."
      )
  }
}

function answerOf(error: ApiError): Answer {
  return { status: error.status, body: JSON.stringify({ error: error.body }) }
}
