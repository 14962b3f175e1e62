import type { HttpResponse } from "./http"

export type ErrorBody = {
  type: string
  code: string
  message: string
  details?: Record<string, unknown>
}

/** Asserts that a call was refused with this status and code. */
export function expectError(
  response: HttpResponse<unknown>,
  status: number,
  code?: string
): ErrorBody {
  const body = response.data as ErrorBody
  expect({ status: response.status, ...body }).toMatchObject({
    status,
    ...(code !== undefined && { code }),
    message: expect.any(String) as string,
  })
  return body
}
