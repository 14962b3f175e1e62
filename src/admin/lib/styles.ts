/** A link within text, as the dashboard's pages show it. */
export const LINK =
  "text-ui-fg-interactive hover:text-ui-fg-interactive-hover transition-fg txt-compact-small-plus"
