import {
  adminClient,
  registerCustomer,
  type HttpClient,
  type PortalTestApp,
  type TestCustomer,
} from "../helpers"

/** A portal on another host than Medusa, which may be asked often. */
export const PORTAL_ELSEWHERE = {
  portalUrl: "https://shop.test/account",
  returnOrigins: ["https://shop.test"],
  limits: { exchangePerIp: { max: 1000 }, previewPerLink: { max: 5 } },
}

/** Two customers and a merchant. */
export async function people(
  app: PortalTestApp
): Promise<{ anna: TestCustomer; bert: TestCustomer; admin: HttpClient }> {
  return {
    anna: await registerCustomer(app),
    bert: await registerCustomer(app),
    admin: await adminClient(app),
  }
}

/** A link or session as it is stored. */
export async function sessionRow(
  app: PortalTestApp,
  id: string
): Promise<Record<string, unknown>> {
  const [row] = await app.db(`select * from portal_session where id = ?`, [id])
  if (!row) {
    throw new Error(`There is no portal session ${id}`)
  }
  return row
}
