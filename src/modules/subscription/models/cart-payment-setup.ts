import { model } from "@medusajs/framework/utils"

/**
 * How a cart that owes nothing today gives the payment method for later charges
 * (Stripe: a SetupIntent). One a cart.
 */
const PortalCartPaymentSetup = model.define("portal_cart_payment_setup", {
  id: model.id({ prefix: "pcps" }).primaryKey(),
  cart_id: model.text(),
  customer_id: model.text(),
  provider_id: model.text(),
  account_holder_id: model.text().nullable(),
  /** The provider's id of the setup (Stripe: `seti_…`). */
  provider_setup_id: model.text().nullable(),
  payment_method_id: model.text().nullable(),
  confirmed_at: model.dateTime().nullable(),
})

export default PortalCartPaymentSetup
