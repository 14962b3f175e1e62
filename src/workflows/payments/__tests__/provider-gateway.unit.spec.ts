import type { MedusaContainer } from "@medusajs/framework/types"
import { providerGateway } from "../provider-gateway"
import { systemGateway } from "../system-gateway"

type Calls = Partial<
  Record<
    | "authorizePaymentSession"
    | "capturePayment"
    | "listPayments"
    | "listPaymentSessions",
    jest.Mock
  >
>

const CHARGE = {
  provider_id: "pp_bank_bank",
  payment_session_id: "payses_1",
  provider_payment_id: null,
  payment_method_id: null,
  idempotency_key: "scyc_1:1",
}
const PAYMENT = { id: "pay_1", captured_at: null }

function gateway(calls: Calls) {
  const container = { resolve: () => calls }
  return providerGateway(container as unknown as MedusaContainer)
}

function answer(value: unknown): jest.Mock {
  return jest.fn().mockResolvedValue(value)
}

function failure(): jest.Mock {
  return jest.fn().mockRejectedValue(new Error("down"))
}

describe("the gateway of any provider", () => {
  it("authorizes and captures", async () => {
    const capturePayment = answer(PAYMENT)
    const calls = { authorizePaymentSession: answer(PAYMENT), capturePayment }

    expect(await gateway(calls).charge(CHARGE)).toEqual({ status: "paid" })
    expect(capturePayment).toHaveBeenCalledWith({ payment_id: "pay_1" })
  })

  it("leaves a payment alone that the provider has captured by itself", async () => {
    const capturePayment = answer(PAYMENT)
    const captured = { ...PAYMENT, captured_at: new Date() }

    expect(
      await gateway({
        authorizePaymentSession: answer(captured),
        capturePayment,
      }).charge(CHARGE)
    ).toEqual({ status: "paid" })
    expect(capturePayment).not.toHaveBeenCalled()
  })

  it.each([
    ["error", { status: "declined", code: "payment_declined" }],
    ["canceled", { status: "declined", code: "payment_declined" }],
    [
      "requires_more",
      { status: "action_required", code: "authentication_required" },
    ],
    ["pending", { status: "unknown" }],
    [undefined, { status: "unknown" }],
  ])("reads a session that is %s", async (status, outcome) => {
    const calls = {
      authorizePaymentSession: failure(),
      listPayments: answer([]),
      listPaymentSessions: answer(status ? [{ id: "payses_1", status }] : []),
    }
    expect(await gateway(calls).charge(CHARGE)).toMatchObject(outcome)
    expect(await gateway(calls).inspect(CHARGE)).toMatchObject(outcome)
  })

  it("finds the payment that a lost answer left", async () => {
    const calls = {
      authorizePaymentSession: failure(),
      listPayments: answer([PAYMENT]),
      capturePayment: answer(PAYMENT),
    }
    expect(await gateway(calls).charge(CHARGE)).toEqual({ status: "paid" })
  })

  it("does not know where nobody answers", async () => {
    const calls = {
      authorizePaymentSession: answer(null),
      listPayments: failure(),
    }
    const unknown = { status: "unknown", message: "The provider did not say." }

    expect(await gateway(calls).charge(CHARGE)).toEqual(unknown)
    expect(await gateway(calls).inspect(CHARGE)).toEqual(unknown)
  })
})

describe("the gateway of Medusa's stand-in for a provider", () => {
  it("is paid when asked to charge, and has charged nothing before", async () => {
    expect(await systemGateway.charge(CHARGE)).toEqual({ status: "paid" })
    expect(await systemGateway.inspect(CHARGE)).toMatchObject({
      status: "not_charged",
    })
  })
})
