import assert from "node:assert/strict"
import test from "node:test"
import { judge } from "./import-direction.mjs"

const ALLOWED = [
  ["src/shared/money.ts", "src/shared/calendar"],
  ["src/shared/money.ts", "src/errors/codes"],
  ["src/modules/wishlist/domain/merge.ts", "src/shared/clock"],
  ["src/modules/wishlist/service.ts", "src/modules/wishlist/models/list"],
  ["src/modules/wishlist/service.ts", "src/modules/wishlist/domain/merge"],
  ["src/workflows/wishlist/steps/add-item.ts", "src/modules/wishlist"],
  ["src/workflows/wishlist/add-item.ts", "src/modules/wishlist/domain/merge"],
  ["src/api/store/portal/wishlists/route.ts", "src/workflows/wishlist"],
  ["src/api/store/portal/wishlists/route.ts", "src/modules/wishlist"],
  ["src/api/admin/plans/route.ts", "src/api/admin/plans/validators"],
  ["src/api/store/portal/a/route.ts", "src/api/admin/plans/validators"],
  ["src/links/subscription-order.ts", "src/modules/subscription/index"],
  ["src/admin/widgets/a.tsx", "src/types/subscription"],
  ["portal/src/main.tsx", "src/types"],
  ["src/modules/wishlist/__tests__/a.spec.ts", "src/modules/license"],
  ["integration-tests/http/a.spec.ts", "src/modules/license/service"],
]

const REFUSED = [
  ["src/shared/money.ts", "src/modules/wishlist"],
  ["src/shared/money.ts", "src/errors/portal-error"],
  ["src/shared/money.ts", "src/shared/__tests__/fixtures"],
  ["src/types/index.ts", "src/shared/money"],
  ["src/modules/wishlist/domain/merge.ts", "src/modules/wishlist/service"],
  ["src/modules/wishlist/domain/merge.ts", "src/errors"],
  ["src/modules/wishlist/domain/a.ts", "src/modules/license/domain/b"],
  ["src/modules/wishlist/service.ts", "src/modules/license"],
  ["src/modules/wishlist/service.ts", "src/modules/license/domain/b"],
  ["src/modules/wishlist/service.ts", "src/workflows/wishlist"],
  ["src/workflows/wishlist/add-item.ts", "src/api/middlewares"],
  ["src/workflows/wishlist/add-item.ts", "src/admin/lib/sdk"],
  ["src/api/store/portal/a/route.ts", "src/modules/wishlist/domain/merge"],
  ["src/api/store/portal/a/route.ts", "src/modules/wishlist/models/list"],
  ["src/api/store/portal/a/route.ts", "src/admin/lib/sdk"],
  ["src/jobs/renew.ts", "src/api/middlewares"],
  ["src/links/a.ts", "src/modules/subscription/models/plan"],
  ["src/admin/widgets/a.tsx", "src/shared/money"],
  ["src/admin/widgets/a.tsx", "src/modules/subscription"],
  ["portal/src/main.tsx", "src/admin/lib/sdk"],
  ["src/api/store/portal/a/route.ts", "integration-tests/helpers/app"],
  ["src/surprise/a.ts", "src/types"],
]

for (const [from, to] of ALLOWED) {
  test(`${from} may import ${to}`, () => {
    assert.equal(judge(from, to), undefined)
  })
}

for (const [from, to] of REFUSED) {
  test(`${from} must not import ${to}`, () => {
    assert.equal(typeof judge(from, to), "string")
  })
}
