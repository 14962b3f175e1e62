import fs from "node:fs"
import { chromium, type Browser } from "playwright-core"

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

/**
 * A headless Chromium of this computer.
 *
 * @returns null where there is none, with a hint; with `CI` that is an error
 */
export async function openBrowser(): Promise<Browser | null> {
  const executablePath = PLACES.find((file) => file && fs.existsSync(file))
  if (!executablePath) {
    const hint =
      "No Chromium was found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH."
    if (process.env.CI) {
      throw new Error(hint)
    }
    console.warn(`${hint} The tests in a browser are left out.`)
    return null
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  })
}
