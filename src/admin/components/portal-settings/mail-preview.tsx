import type { Branding } from "../../../types/tenant"
import { useTexts } from "../../hooks/use-texts"
import { inkOn } from "../../lib/colors"

const PANEL = "#ffffff"

/** A mail as its receiver sees it: not in the dashboard's colours but the brand's. */
export function MailPreview({ branding }: { branding: Branding }) {
  const { t } = useTexts()
  const { background_color: background, primary_color: primary } = branding
  const name = branding.name || t("settings.branding.storeName")
  return (
    <div
      role="img"
      aria-label={t("settings.branding.preview", { name })}
      className="shadow-borders-base overflow-hidden rounded-lg p-4 text-[13px] leading-5"
      style={{ backgroundColor: background }}
    >
      {branding.logo_url ? (
        <img
          src={branding.logo_url}
          alt={name}
          referrerPolicy="no-referrer"
          className="mb-3 h-8 w-auto max-w-full object-contain"
          style={{ color: inkOn(background) }}
        />
      ) : (
        <p
          className="mb-3 text-[15px] font-semibold"
          style={{ color: inkOn(background) }}
        >
          {name}
        </p>
      )}
      <div
        className="rounded-lg p-4"
        style={{ backgroundColor: PANEL, color: branding.text_color }}
      >
        <p className="mb-2 text-[16px] font-semibold">
          {t("settings.branding.sample.title")}
        </p>
        <p className="mb-4">{t("settings.branding.sample.text")}</p>
        <span
          className="inline-block rounded-md px-4 py-2 font-semibold"
          style={{ backgroundColor: primary, color: inkOn(primary) }}
        >
          {t("settings.branding.sample.button")}
        </span>
        <p className="mt-4 text-[12px]" style={{ color: "#4b5563" }}>
          {branding.support_email ?? t("settings.branding.sample.reply")}
        </p>
      </div>
      {branding.footer && (
        <p
          className="mt-3 whitespace-pre-line text-[11px] leading-4"
          style={{ color: inkOn(background) }}
        >
          {branding.footer}
        </p>
      )}
    </div>
  )
}
