import { definePolicies } from "@medusajs/framework/utils"

const resource = "portal_session"

/** For stores with Medusa's RBAC. Without it every admin user may do all of it. */
export default definePolicies([
  {
    name: "CreatePortalSession",
    resource,
    operation: "create",
    description: "Make links into the customer portal",
  },
  {
    name: "ReadPortalSession",
    resource,
    operation: "read",
    description: "See portal sessions, events and metrics",
  },
  {
    name: "RevokePortalSession",
    resource,
    operation: "revoke",
    description: "End portal sessions",
  },
  {
    name: "ImpersonatePortalSession",
    resource,
    operation: "impersonate",
    description: "Change things in a customer's account in their place",
  },
])
