/**
 * Calls `probe` until it answers something, and answers that. For what follows
 * from an event: Medusa's event bus gives no sign when the subscribers are done.
 */
export async function eventually<T>(
  probe: () => Promise<T | undefined> | T | undefined,
  options: { timeout?: number; what?: string } = {}
): Promise<T> {
  const deadline = Date.now() + (options.timeout ?? 10_000)
  for (;;) {
    const found = await probe()
    if (found !== undefined) {
      return found
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain for ${options.what ?? "a condition"}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
