import { Body } from "@react-email/body"
import { Container } from "@react-email/container"
import { Head } from "@react-email/head"
import { Heading } from "@react-email/heading"
import { Hr } from "@react-email/hr"
import { Html } from "@react-email/html"
import { Img } from "@react-email/img"
import { Link } from "@react-email/link"
import { Preview } from "@react-email/preview"
import { Section } from "@react-email/section"
import { Text } from "@react-email/text"
import { Fragment, type ReactNode } from "react"
import { readableOn } from "./colors"
import type { MailContext } from "./context"
import { DARK_MODE, FONT, PANEL } from "./style"

type LayoutProps = {
  mail: MailContext
  title: string
  /** What the list of mails shows beside the subject. */
  preview: string
  children: ReactNode
}

/** The frame of every mail: the tenant's logo, a panel, whom to ask, a footer. */
export function Layout({ mail, title, preview, children }: LayoutProps) {
  const { branding, locale } = mail
  const text = readableOn(PANEL, branding.text_color)
  return (
    <Html lang={locale.tag} dir="ltr">
      <Head>
        <title>{title}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <style dangerouslySetInnerHTML={{ __html: DARK_MODE }} />
      </Head>
      <Preview>{preview}</Preview>
      <Body
        className="page"
        style={{
          backgroundColor: branding.background_color,
          fontFamily: FONT,
          margin: 0,
          padding: "24px 12px",
        }}
      >
        <Container style={{ maxWidth: 560, width: "100%" }}>
          <Brand mail={mail} />
          <Section
            className="panel"
            style={{
              backgroundColor: PANEL,
              border: "1px solid #e5e7eb",
              borderRadius: 12,
              padding: "28px 24px",
            }}
          >
            <Heading
              as="h1"
              className="text"
              style={{
                color: text,
                fontSize: 22,
                lineHeight: "28px",
                margin: "0 0 16px",
              }}
            >
              {title}
            </Heading>
            {children}
            <Hr
              className="line"
              style={{ borderColor: "#e5e7eb", margin: "24px 0 16px" }}
            />
            <Support mail={mail} />
          </Section>
          <Footer mail={mail} />
        </Container>
      </Body>
    </Html>
  )
}

function Brand({ mail: { branding } }: { mail: MailContext }) {
  if (branding.logo_url) {
    return (
      <Section style={{ padding: "0 4px 16px" }}>
        <Img
          className="logo"
          src={branding.logo_url}
          alt={branding.name}
          height={40}
          style={{
            color: readableOn(branding.background_color),
            fontSize: 18,
            height: 40,
            width: "auto",
          }}
        />
      </Section>
    )
  }
  return (
    <Text
      className="page-text"
      style={{
        color: readableOn(branding.background_color, branding.text_color),
        fontSize: 18,
        fontWeight: 600,
        margin: "0 0 16px",
        padding: "0 4px",
      }}
    >
      {branding.name}
    </Text>
  )
}

function Support({ mail: { branding, t } }: { mail: MailContext }) {
  const email = branding.support_email
  const style = {
    color: readableOn(PANEL, "#4b5563"),
    fontSize: 14,
    lineHeight: "20px",
    margin: 0,
  }
  if (!email) {
    return (
      <Text className="muted" style={style}>
        {t("common.support-shop")}
      </Text>
    )
  }
  const [before, after] = t("common.support").split("{email}")
  return (
    <Text className="muted" style={style}>
      {before}
      <Link
        className="muted"
        href={`mailto:${email}`}
        style={{ color: style.color, textDecoration: "underline" }}
      >
        {email}
      </Link>
      {after}
    </Text>
  )
}

function Footer({ mail: { branding } }: { mail: MailContext }) {
  if (!branding.footer) {
    return null
  }
  return (
    <Text
      className="page-note"
      style={{
        color: readableOn(branding.background_color, "#4b5563"),
        fontSize: 12,
        lineHeight: "18px",
        margin: "16px 0 0",
        padding: "0 4px",
      }}
    >
      {branding.footer.split("\n").map((line, index) => (
        <Fragment key={index}>
          {index > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </Text>
  )
}
