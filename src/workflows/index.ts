/** Public surface of `medusa-plugin-customer-portal/workflows`. */
export {}
