import { adminClient, portalTest, registerCustomer } from "../helpers"
import type {
  HttpClient,
  HttpResponse,
  PortalTestApp,
  TestCustomer,
} from "../helpers"
import {
  discoverRoutes,
  ROUTE_TABLE,
  type RouteRow,
} from "../helpers/route-table"
import { insertSubscriptionRow } from "../helpers/subscription-rows"

jest.setTimeout(240_000)

/** Segments that no id looks like, and ids that nothing has. */
const WRONG_IDS = [
  "unknown",
  "sub_00000000000000000000000000",
  "%00",
  "a%00b",
  "'%20or%201%3D1",
  "..%2f..%2fadmin",
  "%F0%9F%98%80",
  "x".repeat(500),
  "undefined",
  "null",
  "__proto__",
]

/** Bodies that are no object of fields at all, as they go over the wire. */
const WRONG_JSON = ["{", "[]", '"text"', "1", "null", "[{}]", '{"a":1e999}']

/** What all tables hold before the first test, but for counters. */
let clean = ""

portalTest({
  // Some 300 tests, which all show that nothing was written: only after one that
  // fails there is anything to put back. Counters begin anew each time.
  restoreWhen: async (app) => {
    await app.db("delete from portal_rate_limit")
    return (await fingerprint(app)) !== clean
  },
  testSuite: (app) => {
    let anna: TestCustomer
    let bert: TestCustomer
    let admin: HttpClient
    let own: string
    let foreign: string
    let before: Record<string, unknown>

    beforeAll(async () => {
      anna = await registerCustomer(app)
      bert = await registerCustomer(app)
      admin = (await adminClient(app)).with({
        "x-publishable-api-key": app.seed.publishableKey,
      })
      own = (await insertSubscriptionRow(app.db, { customer_id: anna.id })).id
      foreign = (await insertSubscriptionRow(app.db, { customer_id: bert.id }))
        .id
      before = await contents()
      clean = await fingerprint(app)
    })

    // Whatever was refused left no trace, in any table of the plugin but the
    // counters: that it was tried is what they count.
    afterEach(async () => {
      expect(await contents()).toEqual(before)
    })

    /** A fingerprint of each table of the plugin, but for signs of life. */
    const contents = async () => {
      const tables = await app.db<{ name: string }>(
        "select tablename as name from pg_tables where tablename like 'portal\\_%' and tablename <> 'portal_rate_limit' order by 1"
      )
      const found: Record<string, unknown> = {}
      for (const { name } of tables) {
        const [row] = await app.db(
          `select count(*)::int as rows, md5(coalesce(string_agg(x, ',' order by x), '')) as sum from (select (to_jsonb(t) - '{last_seen_at,updated_at}'::text[])::text as x from "${name}" t) rows`
        )
        found[name] = row
      }
      expect(Object.keys(found).length).toBeGreaterThan(8)
      return found
    }

    const clientOf = (row: RouteRow): HttpClient =>
      ({ admin, customer: anna.api, store: app.store })[row.actor]

    it("has a row for each route, and a route for each row", () => {
      expect(Object.keys(ROUTE_TABLE).sort()).toEqual(discoverRoutes())
    })

    describe.each(Object.entries(ROUTE_TABLE))("%s", (route, row) => {
      const [method = "", template = ""] = route.split(" ")
      const hasId = template.includes(":")
      const url = (id = row.id ? own : "unknown") =>
        template.replace(/:\w+/g, id)

      /** Offers are read for a region; without one each query is wrong. */
      const region = () =>
        method === "GET" && row.actor === "store"
          ? `?region_id=${app.seed.regions.eur?.id}`
          : ""

      const call = (client: HttpClient, target: string, body = row.body) =>
        method === "GET"
          ? client.get(target)
          : method === "DELETE"
            ? client.delete(target)
            : client.post(target, body)

      if (row.actor !== "store") {
        it("wants a login of the right kind", async () => {
          const others = row.actor === "admin" ? anna.api : admin
          for (const client of [
            app.store,
            others,
            app.store.as("nonsense"),
            app.store.as("pss_nonsense"),
            app.store.with({ authorization: "Basic c2tfbm9uc2Vuc2U=" }),
          ]) {
            const answer = await call(client, url())
            expect(answer.status).toBe(401)
            if (row.actor === "customer") {
              refused(answer, "no login")
            }
          }
        })
      }

      if (hasId) {
        it("knows no wrong id", async () => {
          for (const id of WRONG_IDS) {
            const answer = await call(clientOf(row), `${url(id)}${region()}`)
            refused(answer, id)
            expect({ id, status: answer.status }).toEqual({ id, status: 404 })
            expect(answer.data.code).toBe(row.pathCode ?? "not_found")
          }
        })
      }

      if (row.actor === "customer" && hasId) {
        it("knows nothing of another customer's", async () => {
          const answer = await call(anna.api, url(foreign))
          refused(answer, "foreign")
          expect(answer.status).toBe(404)
          expect(answer.data).toEqual((await call(anna.api, url("no"))).data)
        })
      }

      if (row.wrongQueries) {
        it("refuses wrong queries", async () => {
          for (const query of row.wrongQueries ?? []) {
            refused(await call(clientOf(row), `${url()}?${query}`), query)
          }
        })
      }

      if (row.body) {
        it("refuses wrong bodies", async () => {
          for (const wrong of row.wrongBodies ?? []) {
            const body = { ...row.body, ...wrong }
            refused(await call(clientOf(row), url(), body), wrong)
          }
          for (const field of Object.keys(row.body ?? {})) {
            const { [field]: _left, ...rest } = row.body ?? {}
            const answer = await call(clientOf(row), url("unknown"), rest)
            refused(answer, `without ${field}`)
          }
        })

        it("refuses what is no body", async () => {
          const headers = await headersOf(row)
          for (const body of WRONG_JSON) {
            const answer = await fetch(new URL(url("unknown"), app.baseUrl()), {
              method,
              headers,
              body,
            })
            const { status } = answer
            expect({ body, ok: status >= 400 && status < 500 }).toEqual({
              body,
              ok: true,
            })
          }
        })
      }
    })

    const headersOf = async (row: RouteRow) => {
      const { token } = anna
      const login = await adminToken(app)
      return {
        "content-type": "application/json",
        "x-publishable-api-key": app.seed.publishableKey,
        ...(row.actor !== "store" && {
          authorization: `Bearer ${row.actor === "admin" ? login : token}`,
        }),
      }
    }
  },
})

/** Of all tables, Medusa's too, in one statement. */
async function fingerprint({ db }: PortalTestApp): Promise<string> {
  const tables = await db<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'portal_rate_limit' order by 1"
  )
  const [row] = await db<{ sum: string }>(
    `select md5(string_agg(sum, ',' order by name)) as sum from (${tables
      .map(
        ({ name }) =>
          `select '${name}' as name, (select md5(coalesce(string_agg(x, ',' order by x), '')) from (select t::text as x from "${name}" t) rows) as sum`
      )
      .join(" union all ")}) tables`
  )
  return row?.sum ?? ""
}

/** A 4xx in our shape. */
function refused(answer: HttpResponse<unknown>, input: unknown): void {
  const { status, data } = answer
  const isRefusal = status >= 400 && status < 500
  expect({ input, status, isRefusal }).toEqual({
    input,
    status,
    isRefusal: true,
  })
  expect({ input, data }).toEqual({
    input,
    data: expect.objectContaining({
      type: expect.stringMatching(/^[a-z_]+$/) as string,
      code: expect.stringMatching(/^[a-z_]+$/) as string,
      message: expect.stringMatching(/\S/) as string,
    }) as object,
  })
}

async function adminToken(app: {
  api: HttpClient
  seed: { admin: { email: string; password: string } }
}): Promise<string> {
  const { data } = await app.api.post<{ token: string }>(
    "/auth/user/emailpass",
    app.seed.admin
  )
  return data.token
}
