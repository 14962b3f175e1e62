/** How the demo speaks: dates, amounts, chapters, and signs of life. */

/** The store's time zone: billing dates are counted in it. */
export const TIME_ZONE = "Europe/Berlin"

const RULE = 74
const dateFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: TIME_ZONE,
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
})

/** `31 Jan 2026, 10:00`, as the clocks of the store show it. */
export function date(instant: string | Date): string {
  return dateFormat.format(new Date(instant))
}

/** `€17.82`; the number of decimals is the currency's. */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency: currency.toUpperCase(),
  }).format(amount)
}

export function print(line = ""): void {
  process.stdout.write(`${line}\n`)
}

const AMOUNT = /^[€$£]\d[\d.,]*$/

function longest(cells: string[]): number {
  return Math.max(0, ...cells.map((cell) => cell.length))
}

/** Prints an account line by line and remembers it. */
export class Story {
  readonly lines: string[] = []
  private chapters_ = 0

  chapter(title: string): void {
    const head = `── ${++this.chapters_}. ${title} `
    this.write_("")
    this.write_(head.padEnd(RULE, "─"))
  }

  say(text = ""): void {
    this.write_(text ? `   ${text}` : "")
  }

  /** Columns; amounts stand below each other by their last digit. */
  table(rows: string[][]): void {
    const columns = Math.max(...rows.map((row) => row.length))
    const widths = Array.from({ length: columns }, (_, column) => {
      const cells = rows.map((row) => row[column] ?? "")
      return {
        all: longest(cells),
        amounts: longest(cells.filter((cell) => AMOUNT.test(cell))),
      }
    })
    for (const row of rows) {
      const cells = widths.map(({ all, amounts }, column) => {
        const cell = row[column] ?? ""
        return (AMOUNT.test(cell) ? cell.padStart(amounts) : cell).padEnd(all)
      })
      this.say(cells.join("  ").trimEnd())
    }
  }

  private write_(line: string): void {
    this.lines.push(line)
    print(line)
  }
}

/** A step that takes a while, with a line that shows that it goes on. */
export async function step<T>(
  label: string,
  work: () => Promise<T>
): Promise<T> {
  const started = Date.now()
  const seconds = (): string =>
    `${Math.round((Date.now() - started) / 1000)} s`.padStart(5)
  const live = process.stdout.isTTY
  const padded = label.padEnd(52)

  if (live) {
    process.stdout.write(`· ${padded}`)
  }
  const timer = setInterval(
    () => {
      process.stdout.write(
        live ? `\r· ${padded}${seconds()}` : `· ${padded}${seconds()} …\n`
      )
    },
    live ? 1_000 : 10_000
  )
  const end = (sign: string): void => {
    clearInterval(timer)
    process.stdout.write(`${live ? "\r" : ""}${sign} ${padded}${seconds()}\n`)
  }
  try {
    const result = await work()
    end("✓")
    return result
  } catch (error) {
    end("✗")
    throw error
  }
}
