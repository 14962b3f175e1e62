/** A page of the portal must not wait for a provider that hangs. */
const PATIENCE_MS = 3_000

/**
 * What work answers, or an error where that takes too long. The work itself goes
 * on: use it for reads only.
 *
 * @example
 * await withinPatience(payments.listPaymentMethods(filters))
 */
export async function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error("no answer in time"))
    }, PATIENCE_MS)
  })
  try {
    return await Promise.race([work, patience])
  } finally {
    clearTimeout(timer)
  }
}
