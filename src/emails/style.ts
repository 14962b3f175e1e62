/** Behind the text, in light mode. */
export const PANEL = "#ffffff"

export const FONT =
  "-apple-system, BlinkMacSystemFont, Segoe UI, Roboto, Helvetica, Arial, sans-serif"

export const MONOSPACE =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, Liberation Mono, monospace"

/**
 * Where a mail program asks for it. Inline styles are stronger than a sheet,
 * hence `!important`; a logo keeps a light ground, since it may be dark itself.
 */
export const DARK_MODE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page, .page td { background-color: #111318 !important; }
  .panel, .panel td { background-color: #1d2027 !important; }
  .panel { border-color: #3a3f4a !important; }
  .text, .page-text { color: #f3f4f6 !important; }
  .muted, .page-note { color: #b6bcc8 !important; }
  .line { border-color: #3a3f4a !important; }
  .code { background-color: #2b303a !important; border-color: #4b5563 !important; color: #ffffff !important; }
  .button { border-color: #9ca3af !important; }
  .logo { background-color: #ffffff !important; border-radius: 6px !important; padding: 6px !important; color: #111827 !important; }
}
`
