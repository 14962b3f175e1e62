import { customerResubscribe } from "../../../../../_lib/resubscribe"

/** `POST /store/portal/subscriptions/:id/resubscribe`: an ended one, again. */
export const POST = customerResubscribe
