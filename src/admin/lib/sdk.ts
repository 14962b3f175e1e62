import Medusa from "@medusajs/js-sdk"

const baseUrl = __BACKEND_URL__ ?? "/"
const authType = __AUTH_TYPE__ ?? "session"

/** Signed in as the dashboard is, by session or by token. */
export const sdk = new Medusa({
  baseUrl,
  auth: {
    type: authType,
    jwtTokenStorageKey: __JWT_TOKEN_STORAGE_KEY__ || undefined,
  },
})

/** What a route of the plugin answered instead of doing what was asked. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly code: string | null,
    readonly details: Record<string, unknown>
  ) {
    super(message)
  }
}

/**
 * `POST`, with the error's code: the SDK's own `fetch` keeps the sentence only.
 *
 * @throws ApiError
 */
export async function post<T>(path: string, body: object): Promise<T> {
  const token = authType === "jwt" ? await sdk.client.getToken() : null
  const response = await fetch(`${baseUrl.replace(/\/$/, "")}${path}`, {
    method: "POST",
    credentials: authType === "session" ? "include" : "omit",
    headers: {
      "content-type": "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  // A proxy may answer with a page.
  const answer = (await response.json().catch(() => ({}))) as Partial<
    Pick<ApiError, "message" | "code" | "details">
  >
  if (!response.ok) {
    const { message, code, details } = answer
    throw new ApiError(
      message ?? response.statusText,
      code ?? null,
      details ?? {}
    )
  }
  return answer as T
}

/**
 * Saves what a route answers as a file, signed in as the dashboard is.
 *
 * @throws ApiError
 */
export async function download(path: string, name: string): Promise<void> {
  const token = authType === "jwt" ? await sdk.client.getToken() : null
  const response = await fetch(`${baseUrl.replace(/\/$/, "")}${path}`, {
    credentials: authType === "session" ? "include" : "omit",
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })
  if (!response.ok) {
    throw new ApiError(response.statusText, null, {})
  }
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
