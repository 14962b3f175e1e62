import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../errors/error-handler"
import { portalOptions } from "../../../workflows/portal-sessions/services"
import { fitPath, pathSegments } from "./auth-path"
import { watchIssuedToken } from "./issued-tokens"
import {
  beforeChallenge,
  beforeEnrolment,
  beforeFactorIsRemoved,
  beforeFactorIsVerified,
} from "./mfa-routes"
import { beforeRegistration, beforeSignIn } from "./password-routes"
import { beforePasswordUpdate, beforeResetRequest } from "./reset-routes"
import { beforeCookie, beforeCookieEnds } from "./session-routes"
import {
  beforeVerificationConfirm,
  beforeVerificationRequest,
  stripVerification,
} from "./verification-routes"

type Security = ReturnType<typeof portalOptions>["security"]
type Params = Record<string, string>

type Guard = {
  methods: string[]
  path: string
  /** The option that switches it off. */
  needs?: keyof Security
  /** Left as it is for the admin's users. */
  notForAdmins?: true
  /** Answers false where it has answered in core's place. */
  run: (
    req: MedusaRequest,
    res: MedusaResponse,
    params: Params
  ) => Promise<boolean> | Promise<void> | void
}

const providerPath = ({ actor = "", provider = "" }: Params) => ({
  actor,
  provider,
})
const idPath = ({ id = "" }: Params) => ({ id })

/** What stands before core's routes. The first that fits is run, and no other. */
const GUARDS: Guard[] = [
  { methods: ["POST"], path: "auth/session", run: beforeCookie },
  { methods: ["DELETE"], path: "auth/session", run: beforeCookieEnds },
  {
    methods: ["POST"],
    path: "auth/token/refresh",
    run: (req, res) => {
      watchIssuedToken(req, res)
      stripVerification(req, res)
    },
  },
  {
    methods: ["POST"],
    path: "auth/mfa/challenges/:id/verify",
    needs: "mfaHardening",
    run: (req, res, params) => beforeChallenge(req, res, idPath(params)),
  },
  {
    methods: ["POST"],
    path: "auth/mfa/factors",
    needs: "mfaHardening",
    run: beforeEnrolment,
  },
  {
    methods: ["POST"],
    path: "auth/mfa/factors/:id/verify",
    needs: "mfaHardening",
    run: (req, res, params) => beforeFactorIsVerified(req, res, idPath(params)),
  },
  {
    methods: ["DELETE"],
    path: "auth/mfa/factors/:id",
    needs: "mfaHardening",
    run: (req, res, params) => beforeFactorIsRemoved(req, res, idPath(params)),
  },
  {
    methods: ["POST"],
    path: "auth/verification/request",
    needs: "verificationHardening",
    run: beforeVerificationRequest,
  },
  {
    methods: ["POST"],
    path: "auth/verification/confirm",
    run: beforeVerificationConfirm,
  },
  // What is not for a provider ends here.
  { methods: ["GET", "POST"], path: "auth/mfa/recovery-codes", run: pass },
  { methods: ["GET"], path: "auth/:actor/providers", run: pass },
  {
    methods: ["POST"],
    path: "auth/:actor/:provider/register",
    notForAdmins: true,
    run: (req, res, params) =>
      beforeRegistration(req, res, providerPath(params)),
  },
  {
    methods: ["POST"],
    path: "auth/:actor/:provider/reset-password",
    notForAdmins: true,
    run: (req, res, params) =>
      beforeResetRequest(req, res, providerPath(params)),
  },
  {
    methods: ["POST"],
    path: "auth/:actor/:provider/update",
    run: (req, res, params) =>
      beforePasswordUpdate(req, res, providerPath(params)),
  },
  ...["auth/:actor/:provider", "auth/:actor/:provider/callback"].map(
    (path) => ({ methods: ["GET", "POST"], path, run: signIn })
  ),
]

/** Hardens core's routes below `/auth` for everybody but the admin's users. */
export const authGuard = withPortalErrors(async function authGuard(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
) {
  const segments = pathSegments(req) ?? []
  const { security } = portalOptions(req.scope)
  for (const { methods, path, needs, notForAdmins, run } of GUARDS) {
    const params = methods.includes(req.method) && fitPath(path, segments)
    if (params) {
      const isOff =
        (needs !== undefined && security[needs] === false) ||
        (notForAdmins && params.actor === "user")
      if (!isOff && (await run(req, res, params)) === false) {
        return
      }
      break
    }
  }
  next()
})

async function signIn(
  req: MedusaRequest,
  res: MedusaResponse,
  params: Params
): Promise<boolean> {
  stripVerification(req, res)
  return await beforeSignIn(req, res, providerPath(params))
}

function pass(): undefined {
  return undefined
}
