const DARK = "#111827"
const LIGHT = "#ffffff"
/** At this luminance black and white can be read equally well (WCAG 2.2). */
const MIDDLE = 0.179

/**
 * Black or white, whichever can be read on a colour.
 *
 * @param background - `#rrggbb`
 * @example
 * inkOn("#ffeb3b") // "#111827"
 */
export function inkOn(background: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(background.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > MIDDLE ? DARK : LIGHT
}
