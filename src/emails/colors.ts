const DARK = "#111827"
const LIGHT = "#ffffff"

/** What small text needs by WCAG 2.2 (1.4.3). */
const READABLE = 4.5
/** What a button's edge needs (1.4.11). */
const VISIBLE = 3

/** Contrast of two colours, 1 (none) to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/**
 * The wished colour of a text if it can be read on a background, else black or
 * white, whichever reads better.
 *
 * @example
 * readableOn("#ffeb3b") // "#111827": white on yellow cannot be read
 */
export function readableOn(background: string, wish: string = LIGHT): string {
  if (contrast(background, wish) >= READABLE) {
    return wish
  }
  return contrast(background, LIGHT) > contrast(background, DARK) ? LIGHT : DARK
}

/** Whether a surface can be told from what is behind it. */
export function isVisibleOn(background: string, surface: string): boolean {
  return contrast(background, surface) >= VISIBLE
}

/** Relative luminance of `#rrggbb`, as WCAG defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
