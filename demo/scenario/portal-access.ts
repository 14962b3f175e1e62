import type {
  AdminPortalSessionCreatedResponse,
  LinkPreviewResponse,
  LoginRequestResponse,
  PortalSessionResponse,
  PortalSessionTokenResponse,
} from "../../src/types/portal-session-http"
import { expectSame, there, until } from "../checks"
import { date } from "../print"
import { signIn, type DemoCustomer } from "./customer"
import { post, type Stage } from "./stage"

const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/

/** A link as a merchant's server makes it, and a sign-in by mail. */
export async function enterThePortal(
  stage: Stage,
  customer: DemoCustomer
): Promise<void> {
  await openALink(stage)
  await signInByMail(stage, customer)
}

async function openALink(stage: Stage): Promise<void> {
  const { story, shop } = stage
  story.chapter("The shop's server makes a link into Clara's account")
  const { customer } = await shop.store.customer.retrieve()
  const made = await linkOfServer(stage, customer.id)
  const url = there("The link", made.url)
  const token = tokenOf(url)
  story.say(`${url.slice(0, url.indexOf("#t=") + 16)}…, good for ten minutes`)

  const { link } = await post<LinkPreviewResponse>(
    shop,
    "/store/portal/sessions/preview",
    { token }
  )
  story.say(`The page asks first: continue as ${link.email}?`)
  const opened = await open(stage, token)
  const session = await readSession(stage, opened.token)
  expectSame("The customer", session.customer.id, customer.id)
  story.say(
    `Clara is in, without a password, until ${date(there("The end", session.portal_session.expires_at))}`
  )
  const again = await open(stage, token).catch(() => null)
  expectSame("What the link gives a second time", again, null)
  story.say("The same link a second time: used up.")
}

async function signInByMail(
  stage: Stage,
  customer: DemoCustomer
): Promise<void> {
  const { story, shop, mails } = stage
  story.chapter("Clara signs in with the code of a mail")
  const { login_request } = await post<LoginRequestResponse>(
    shop,
    "/store/portal/login-requests",
    { email: customer.email }
  )
  const mail = await until("the sign-in mail", () => {
    const newest = mails.newest(customer.email)
    return Promise.resolve(
      newest?.template === "portal-login" ? newest : undefined
    )
  })
  const code = there("The code", CODE.exec(mail.text)?.[0])
  story.say(`“${mail.subject}”, with a button and the code ${code}`)
  const opened = await post<PortalSessionTokenResponse>(
    shop,
    `/store/portal/login-requests/${login_request.id}/verify`,
    { code }
  )
  const session = await readSession(stage, opened.token)
  expectSame("The address", session.customer.email, customer.email)
  story.say("Typed into the browser that asked for it, it signs her in.")
  // Nobody had proven this mailbox before: whoever registered the account first
  // may not have been its owner.
  const refused = await signIn(stage, customer).then(
    () => false,
    () => true
  )
  expectSame("Whether the password from before is refused", refused, true)
  story.say(
    "It was the first proof that the mailbox is hers: older logins have ended,"
  )
  story.say("and the password from before no longer works.")
  await choosePassword(stage, opened.token, customer)
  await signIn(stage, customer)
  story.say("She chooses one in the portal, and signs in with it.")
}

/** Without the old one: she has just read her mail. */
async function choosePassword(
  stage: Stage,
  token: string,
  { password }: DemoCustomer
): Promise<void> {
  const { status } = await callAsSession(
    stage,
    token,
    "/store/portal/security/account",
    { password }
  )
  expectSame("The status", status, 201)
}

/** A link for whoever plays with the demo, as the admin's "Copy link" makes it. */
export async function linkIntoAccount(
  { admin }: Stage,
  { email }: DemoCustomer
): Promise<string | null> {
  const { customers } = await admin.admin.customer.list({ email, limit: 1 })
  const made = await post<AdminPortalSessionCreatedResponse>(
    admin,
    "/admin/portal/sessions",
    { customer_id: customers[0]?.id, impersonate: false }
  )
  return made.url
}

/** As a server calls: with a secret API key. */
async function linkOfServer(
  { admin, baseUrl }: Stage,
  customer_id: string
): Promise<AdminPortalSessionCreatedResponse> {
  const { api_key } = await admin.admin.apiKey.create({
    title: "The shop's server",
    type: "secret",
  })
  const response = await fetch(`${baseUrl}/admin/portal/sessions`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`${api_key.token}:`).toString("base64")}`,
    },
    body: JSON.stringify({ customer_id }),
  })
  expectSame("The status", response.status, 201)
  return (await response.json()) as AdminPortalSessionCreatedResponse
}

function open({ shop }: Stage, token: string) {
  return post<PortalSessionTokenResponse>(
    shop,
    "/store/portal/sessions/exchange",
    { token }
  )
}

async function readSession(
  stage: Stage,
  token: string
): Promise<PortalSessionResponse> {
  const response = await callAsSession(stage, token, "/store/portal/session")
  expectSame("The status", response.status, 200)
  return (await response.json()) as PortalSessionResponse
}

/** With the portal session's token instead of the customer's login. */
async function callAsSession(
  { baseUrl, seed }: Stage,
  token: string,
  path: string,
  body?: object
): Promise<Response> {
  return await fetch(`${baseUrl}${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "x-publishable-api-key": seed.publishableKey,
    },
    body: body && JSON.stringify(body),
  })
}

/** The token of a link's address. */
function tokenOf(url: string): string {
  const token = new URLSearchParams(new URL(url).hash.slice(1)).get("t")
  return there("The token", token)
}
