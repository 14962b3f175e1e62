/** Public surface of `medusa-plugin-customer-portal/middlewares`. */
export {
  requireEntitlement,
  type EntitledRequest,
} from "../api/_lib/require-entitlement"
