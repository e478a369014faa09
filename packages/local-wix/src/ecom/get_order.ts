import type { Call } from "../call.ts";
import { reply } from "../http/reply.ts";
import { requireOrder } from "./order_access.ts";

/** `GET /ecom/v1/orders/{id}` */
export function getOrder(call: Call): Response {
  return reply({ order: requireOrder(call, call.params.id) });
}
