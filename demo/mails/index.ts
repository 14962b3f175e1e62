import path from "node:path"

import type { Cleanup } from "../cleanup"
import { readMails, type DemoMail } from "./kept-mails"
import { serveMails } from "./server"

/** The mails that the store sends. */
export type DemoMails = {
  /** For `medusa-config.ts`. */
  env: Record<string, string>
  /** The newest mail to an address. */
  newest(to: string): DemoMail | undefined
  /** Starts the page that shows them. @returns its address */
  serve(port: number): Promise<string>
}

/** Mails go to a file, which a restart still shows. */
export function openMails(home: string, cleanup: Cleanup): DemoMails {
  const file = path.join(home, "mails.jsonl")
  return {
    env: { DEMO_MAILS: file },
    newest: (to) =>
      readMails(file)
        .filter((mail) => mail.to === to)
        .at(-1),
    async serve(port) {
      const server = await serveMails(file, port)
      cleanup.add(() => server.close())
      return server.url
    },
  }
}
