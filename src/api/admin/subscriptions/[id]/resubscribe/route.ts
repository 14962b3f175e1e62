import { staffResubscribe } from "../../../../_lib/resubscribe"

/** `POST /admin/subscriptions/:id/resubscribe` */
export const POST = staffResubscribe
