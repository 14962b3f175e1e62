import type {
  CaptureDTO,
  IPaymentModuleService,
  PaymentDTO,
  PaymentSessionDTO,
} from "@medusajs/framework/types"

/**
 * Methods that Medusa generates for every model of the payment module and leaves
 * out of its interface. They take arrays, where the interface's own create, authorize
 * and capture take one payment and two dozen statements each. They write, and call
 * no provider.
 */
export type PaymentRecords = Omit<IPaymentModuleService, "listPayments"> & {
  listPayments(
    filters: { payment_session_id: string[] },
    config: { relations: string[]; take: number }
  ): Promise<(PaymentDTO & { payment_session_id: string })[]>
  createPayments(data: Record<string, unknown>[]): Promise<PaymentDTO[]>
  createPaymentSessions(
    data: Record<string, unknown>[]
  ): Promise<PaymentSessionDTO[]>
  createCaptures(data: Record<string, unknown>[]): Promise<CaptureDTO[]>
  updatePaymentSessions(data: Record<string, unknown>[]): Promise<unknown>
}
