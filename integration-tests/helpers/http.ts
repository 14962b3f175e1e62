/** What every call answers. A call never throws for a status. */
export type HttpResponse<T> = {
  status: number
  data: T
  headers: Headers
}

type Body = Record<string, unknown> | unknown[] | FormData

/** JSON whose shape the caller did not say. */
export type Json = Record<string, unknown>

export type HttpClient = {
  get<T = Json>(path: string): Promise<HttpResponse<T>>
  post<T = Json>(path: string, body?: Body): Promise<HttpResponse<T>>
  put<T = Json>(path: string, body?: Body): Promise<HttpResponse<T>>
  patch<T = Json>(path: string, body?: Body): Promise<HttpResponse<T>>
  delete<T = Json>(path: string, body?: Body): Promise<HttpResponse<T>>
  /** The same client with more headers; `undefined` removes one. */
  with(headers: Record<string, string | undefined>): HttpClient
  /** The same client, signed in with a token. */
  as(token: string): HttpClient
}

/** A client for the server at `baseUrl()`, asked for at each call. */
export function httpClient(
  baseUrl: () => string,
  headers: Record<string, string | undefined> = {}
): HttpClient {
  const call = async <T>(
    method: string,
    path: string,
    body?: Body
  ): Promise<HttpResponse<T>> => {
    const form = body instanceof FormData
    const all = Object.entries({
      ...(body !== undefined &&
        !form && { "content-type": "application/json" }),
      ...headers,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined)

    const response = await fetch(new URL(path, baseUrl()), {
      method,
      headers: all,
      body: body === undefined || form ? body : JSON.stringify(body),
      redirect: "manual",
    })
    return {
      status: response.status,
      data: (await parse(response)) as T,
      headers: response.headers,
    }
  }

  return {
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
    patch: (path, body) => call("PATCH", path, body),
    delete: (path, body) => call("DELETE", path, body),
    with: (more) => httpClient(baseUrl, { ...headers, ...more }),
    as: (token) =>
      httpClient(baseUrl, { ...headers, authorization: `Bearer ${token}` }),
  }
}

async function parse(response: Response): Promise<unknown> {
  const type = response.headers.get("content-type") ?? ""
  if (type.includes("application/json")) {
    return response.json()
  }
  if (type.startsWith("text/") || type === "") {
    return response.text()
  }
  return Buffer.from(await response.arrayBuffer())
}

/** The body of a call that must have worked; the error says what came back. */
export function ok<T>(response: HttpResponse<T>): T {
  if (response.status < 200 || response.status > 299) {
    throw new Error(
      `Expected success, got ${response.status}: ` +
        JSON.stringify(response.data).slice(0, 2000)
    )
  }
  return response.data
}
