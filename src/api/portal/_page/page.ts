import { createHash } from "node:crypto"
import { ACCESS_SCRIPT } from "./script"
import { ACCESS_TEXTS } from "./texts"

const STYLE = `
:root { --primary: #111827; color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: #f3f4f6; color: #111827;
  min-height: 100vh; display: grid; place-content: center; padding: 16px; }
header { font-weight: 600; margin: 0 0 12px; text-align: center; min-height: 1.5em; }
main { background: #fff; border-radius: 12px; padding: 24px; width: min(400px, calc(100vw - 32px));
  display: grid; gap: 16px; box-shadow: 0 1px 3px rgb(0 0 0 / 12%); outline: none; }
p, h2, ul { margin: 0; } h2 { font-size: 1rem; } p { overflow-wrap: anywhere; }
ul { list-style: none; padding: 0; display: grid; gap: 12px; }
li { display: grid; } li span { color: #4b5563; font-size: 0.9rem; }
button, a { font: inherit; min-height: 44px; border-radius: 8px; border: 0; padding: 10px 16px;
  background: var(--primary); color: #fff; text-align: center; text-decoration: none; cursor: pointer; }
button:disabled { opacity: 0.6; } button.plain { background: none; color: inherit; text-decoration: underline; }
button:focus-visible, a:focus-visible, input:focus-visible { outline: 3px solid #60a5fa; outline-offset: 2px; }
label { display: grid; gap: 4px; } input { font: inherit; padding: 10px; border: 1px solid #6b7280; border-radius: 8px; }
@media (prefers-color-scheme: dark) {
  body { background: #0b0f19; color: #f3f4f6; } main { background: #111827; box-shadow: none; border: 1px solid #374151; }
  li span { color: #d1d5db; } button, a { border: 1px solid #4b5563; }
}`

const TEXTS = JSON.stringify(ACCESS_TEXTS).replace(/</g, "\\u003c")
const hash = (text: string) =>
  `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`

/**
 * The page that a link leads to, in one answer. It is the same for everybody; the
 * token is in the address's fragment, which the server never sees.
 */
export const ACCESS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Your account</title>
<style>${STYLE}</style>
</head>
<body>
<div>
<header></header>
<main tabindex="-1" aria-live="polite"><noscript><p>Please switch JavaScript on to open this link.</p></noscript></main>
</div>
<script type="application/json" id="texts">${TEXTS}</script>
<script>${ACCESS_SCRIPT}</script>
</body>
</html>
`

/** Nothing from elsewhere, nothing inline but what stands here, in no frame. */
export const ACCESS_HEADERS: Record<string, string> = {
  "Content-Security-Policy": [
    "default-src 'none'",
    `script-src ${hash(ACCESS_SCRIPT)}`,
    // The script sets one colour on the document.
    "style-src 'unsafe-inline'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Cache-Control": "no-store",
}
