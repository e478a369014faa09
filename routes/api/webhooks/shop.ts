import { define } from "@/lib/define.ts";
import { eventTags, purge } from "@/lib/shop/cdn.ts";
import { receiveEvent } from "@/lib/webhooks.ts";

/** Events of products, stock and categories: purges the pages that show them. */
export const handler = define.handlers({
  POST: ({ req }) => receiveEvent(req, (event) => purge(eventTags(event))),
});
