import { appendFileSync, existsSync, readFileSync } from "node:fs"

/** A mail as the demo keeps it. */
export type DemoMail = {
  to: string
  from: string | null
  template: string
  subject: string
  html: string
  text: string
  /** When it was sent, by the computer's clock. */
  sent_at: string
}

/** Adds a mail. One a line, so that a crash leaves the others readable. */
export function keepMail(file: string, mail: DemoMail): void {
  // Links and codes in it are real: for nobody else on this computer.
  appendFileSync(file, `${JSON.stringify(mail)}\n`, { mode: 0o600 })
}

/** The mails of this and earlier starts, oldest first. */
export function readMails(file: string): DemoMail[] {
  if (!existsSync(file)) {
    return []
  }
  return readFileSync(file, "utf8").split("\n").flatMap(parse)
}

function parse(line: string): DemoMail[] {
  try {
    return [JSON.parse(line) as DemoMail]
  } catch {
    return []
  }
}
