import { define } from "@/lib/define.ts";
import { purge, tagsOf } from "@/lib/shop/cdn.ts";
import { receiveEvent } from "@/lib/shop/webhooks.ts";

/** Events of products, stock and categories: their pages are rendered anew. */
export const handler = define.handlers({
  POST: ({ req }) => receiveEvent(req, (event) => purge(tagsOf(event))),
});
