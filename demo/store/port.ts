import { createServer } from "node:net"

/**
 * Makes sure that the store can listen, before anything is started.
 *
 * @throws with one sentence that says the way out
 */
export async function requireFreePort(port: number): Promise<void> {
  const problem = await new Promise<NodeJS.ErrnoException | undefined>(
    (resolve) => {
      const probe = createServer()
      probe.once("error", resolve)
      probe.listen(port, () => {
        probe.close(() => {
          resolve(undefined)
        })
      })
    }
  )
  if (problem?.code === "EADDRINUSE") {
    const other = port === 65_535 ? port - 1 : port + 1
    throw new Error(
      `Port ${port} is taken. Stop what listens there, or use another one: ` +
        `npm run demo -- --port ${other}`
    )
  }
  if (problem) {
    throw new Error(`Cannot listen on port ${port}: ${problem.message}`)
  }
}
