import { define } from "@/lib/define.ts";
import { eventTags, purge } from "@/lib/shop/cdn.ts";
import { receiveEvent } from "@/lib/shop/webhooks.ts";

/** Events of products, stock and categories: their pages are rendered anew. */
export const handler = define.handlers({
  POST: ({ req }) => receiveEvent(req, (event) => purge(eventTags(event))),
});
