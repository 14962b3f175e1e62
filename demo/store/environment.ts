import { TIME_ZONE } from "../print"

/** Tells `medusa-config.ts` and Medusa what the demo's store is like. */
export function setEnvironment(input: {
  port: number
  databaseUrl: string
  /** What Stripe and the mails need to be found. */
  services: Record<string, string>
  /** Building the admin takes time that nobody needs who only wants the story. */
  admin: boolean
}): void {
  const origin = `http://localhost:${input.port}`
  Object.assign(process.env, {
    // Medusa builds the admin from its sources then.
    NODE_ENV: "development",
    DATABASE_URL: input.databaseUrl,
    PORTAL_OPTIONS: JSON.stringify({
      timezone: TIME_ZONE,
      portalUrl: `${origin}/portal`,
      returnOrigins: ["http://localhost:8000"],
      branding: { primaryColor: "#14532d", supportEmail: "help@demo.test" },
    }),
    ADMIN_DISABLED: String(!input.admin),
    ADMIN_CORS: origin,
    AUTH_CORS: `${origin},http://localhost:8000`,
    ...input.services,
  })
}
