import { Button } from "@react-email/button"
import { Link } from "@react-email/link"
import { Section } from "@react-email/section"
import { Text } from "@react-email/text"
import type { ReactNode } from "react"
import { isVisibleOn, readableOn } from "./colors"
import type { MailContext } from "./context"
import { MONOSPACE, PANEL } from "./style"

type PartProps = { mail: MailContext; children: ReactNode }

/** A paragraph. */
export function Paragraph({ mail, children }: PartProps) {
  return (
    <Text
      className="text"
      style={{
        color: readableOn(PANEL, mail.branding.text_color),
        fontSize: 16,
        lineHeight: "24px",
        margin: "0 0 16px",
      }}
    >
      {children}
    </Text>
  )
}

/** A paragraph that may be skipped. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <Text
      className="muted"
      style={{
        color: "#4b5563",
        fontSize: 14,
        lineHeight: "20px",
        margin: "0 0 12px",
      }}
    >
      {children}
    </Text>
  )
}

type ActionProps = { mail: MailContext; url: string; label: string }

/** The button, and its address for those whose mail program shows none. */
export function Action({ mail, url, label }: ActionProps) {
  const href = webAddress(url)
  const { primary_color: color } = mail.branding
  const text = readableOn(color)
  return (
    <>
      <Section style={{ margin: "24px 0 20px" }}>
        <Button
          className="button"
          href={href}
          style={{
            backgroundColor: color,
            border: `1px solid ${isVisibleOn(PANEL, color) ? color : text}`,
            borderRadius: 8,
            color: text,
            fontSize: 16,
            fontWeight: 600,
            lineHeight: "24px",
            padding: "11px 24px",
            textAlign: "center",
          }}
        >
          {label}
        </Button>
      </Section>
      <Text
        className="muted"
        data-skip-in-text="true"
        style={{
          color: "#4b5563",
          fontSize: 13,
          lineHeight: "18px",
          margin: "0 0 16px",
        }}
      >
        {mail.t("common.link-hint")}{" "}
        <Link
          className="muted"
          href={href}
          style={{
            color: "#4b5563",
            textDecoration: "underline",
            wordBreak: "break-all",
          }}
        >
          {href}
        </Link>
      </Text>
    </>
  )
}

type CodeProps = { hint: string; code: string }

/** Longer codes are copied, not typed. */
const LONGEST_TYPED = 12

/** Whether somebody would type a code that stands in a mail. */
export function isTyped(code: string): boolean {
  return code.length <= LONGEST_TYPED
}

/** A code to type or to copy. Eight characters read better as two groups. */
export function Code({ hint, code }: CodeProps) {
  const shown = code.replace(/^(\w{4})(\w{4})$/, "$1-$2")
  return (
    <>
      <Note>{hint}</Note>
      <Text
        className="code"
        style={{
          backgroundColor: "#f3f4f6",
          border: "1px solid #d1d5db",
          borderRadius: 8,
          color: "#111827",
          fontFamily: MONOSPACE,
          ...(isTyped(code)
            ? { fontSize: 26, letterSpacing: "0.08em", lineHeight: "32px" }
            : { fontSize: 15, lineHeight: "22px", wordBreak: "break-all" }),
          fontWeight: 700,
          margin: "0 0 20px",
          padding: "14px 8px",
          textAlign: "center",
        }}
      >
        {shown}
      </Text>
    </>
  )
}

type DetailsProps = {
  mail: MailContext
  rows: [label: string, value: string][]
}

/** Facts, one a line. */
export function Details({ mail, rows }: DetailsProps) {
  return (
    <Paragraph mail={mail}>
      {rows.map(([label, value], index) => (
        <span key={label}>
          {index > 0 && <br />}
          {label} <strong>{value}</strong>
        </span>
      ))}
    </Paragraph>
  )
}

/**
 * The address of a link as browsers write it.
 *
 * @throws TypeError for everything that is no web page (`javascript:`, `data:`)
 */
function webAddress(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new TypeError("A mail links only to web pages.")
  }
  return url.href
}
