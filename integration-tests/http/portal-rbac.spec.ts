import {
  createRbacRolesWorkflow,
  createUserAccountWorkflow,
} from "@medusajs/medusa/core-flows"
import {
  ContainerRegistrationKeys,
  FeatureFlag,
  Modules,
} from "@medusajs/framework/utils"

import {
  attackCase,
  expectError,
  portalTest,
  registerCustomer,
  signIn,
  uniqueEmail,
  type HttpClient,
  type TestCustomer,
} from "../helpers"

jest.setTimeout(240_000)

const LINKS = "/admin/portal/sessions"

// Medusa's runner reads the configuration, which lists the module by its flag,
// before it reads Medusa's flags. `medusa start` reads them first.
beforeAll(() => FeatureFlag.setFlag("rbac", true))
afterAll(() => FeatureFlag.setFlag("rbac", false))

/** Medusa's RBAC, which is off unless a store switches it on. */
portalTest({
  env: { MEDUSA_FF_RBAC: "true" },
  testSuite: (app) => {
    let anna: TestCustomer

    beforeAll(async () => {
      anna = await registerCustomer(app)
    })

    /** An admin user who may do these things with portal sessions. */
    const adminUser = async (operations: string[]): Promise<HttpClient> => {
      const container = app.container()
      const login = { email: uniqueEmail(), password: "demo1234!" }
      const { authIdentity, error } = await container
        .resolve(Modules.AUTH)
        .register("emailpass", { body: login })
      if (!authIdentity) {
        throw new Error(`No identity: ${error}`)
      }
      const { result: user } = await createUserAccountWorkflow(container).run({
        input: {
          authIdentityId: authIdentity.id,
          userData: { email: login.email },
        },
      })
      if (operations.length) {
        const policies = await app.db<{ id: string }>(
          "select id from rbac_policy where resource = 'portal_session' and operation = any(?::text[])",
          [operations]
        )
        expect(policies).toHaveLength(operations.length)
        const { result: roles } = await createRbacRolesWorkflow(container).run({
          input: {
            roles: [
              {
                name: operations.join(" and "),
                policy_ids: policies.map(({ id }) => id),
              },
            ],
          },
        })
        await container.resolve(ContainerRegistrationKeys.LINK).create(
          roles.map(({ id }) => ({
            [Modules.USER]: { user_id: user.id },
            [Modules.RBAC]: { rbac_role_id: id },
          }))
        )
      }
      return app.api.as(await signIn(app, "user", login))
    }
    /** A merchant's own server. */
    const server = async (): Promise<HttpClient> => {
      const key = await app.container().resolve(Modules.API_KEY).createApiKeys({
        title: "server",
        type: "secret",
        created_by: "test",
      })
      const basic = Buffer.from(`${key.token}:`).toString("base64")
      return app.api.with({ authorization: `Basic ${basic}` })
    }
    const links = () =>
      app.db("select created_via, impersonator_id from portal_session")

    attackCase("admin-api/1", async () => {
      const body = { customer_id: anna.id, impersonate: false }
      const refused = [
        await adminUser([]),
        await adminUser(["read"]),
        await adminUser(["read", "revoke", "impersonate"]),
      ]
      for (const user of refused) {
        expectError(await user.post(LINKS, body), 403, "forbidden")
      }
      expect(await links()).toEqual([])

      const maker = await adminUser(["create"])
      expect((await maker.post(LINKS, body)).status).toBe(201)
      expectError(await maker.get(LINKS), 403, "forbidden")
      // Writing in a customer's place is a permission of its own.
      expectError(
        await maker.post(LINKS, {
          customer_id: anna.id,
          scopes: ["profile:w"],
        }),
        403,
        "forbidden"
      )
      expect(await links()).toHaveLength(1)

      // An API key has no roles. Whoever holds it is the merchant.
      expect((await (await server()).post(LINKS, body)).status).toBe(201)
      expect(await links()).toHaveLength(2)
      expect(await links()).toContainEqual({
        created_via: "api",
        impersonator_id: null,
      })
    })

    it("asks for reading and revoking, too", async () => {
      const maker = await adminUser(["create"])
      const created = await maker.post<{ portal_session: { id: string } }>(
        LINKS,
        { customer_id: anna.id, impersonate: false }
      )
      const url = `${LINKS}/${created.data.portal_session.id}`
      const revokeAll = `/admin/portal/customers/${anna.id}/revoke-sessions`
      for (const path of [`${url}/revoke`, revokeAll]) {
        expectError(await maker.post(path, {}), 403, "forbidden")
      }
      expectError(await maker.get(url), 403, "forbidden")

      const reader = await adminUser(["read"])
      expect((await reader.get(url)).status).toBe(200)
      expectError(await reader.post(`${url}/revoke`, {}), 403, "forbidden")
      const revoker = await adminUser(["revoke"])
      expect((await revoker.post(`${url}/revoke`, {})).status).toBe(200)
      expect(
        await app.db(
          "select status from portal_session where status <> 'revoked'"
        )
      ).toEqual([])
    })
  },
})
