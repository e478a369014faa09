/**
 * Keeping other sites from using our answers as parts of their pages.
 *
 * @module
 */
import { define } from "@/lib/define.ts";

/**
 * Returns whether a request may be answered. From other sites only people who
 * follow a link come in: no images, frames, fetches, WebSockets or posted
 * forms, which would make sessions or change something without anybody
 * wanting it. Clients that are no browsers say nothing, and are let in.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isWelcome({ method, headers }: Request): boolean {
  if (headers.get("sec-fetch-site") !== "cross-site") return true;
  return (method === "GET" || method === "HEAD") &&
    headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document";
}

/** Refuses requests that are not {@link isWelcome}, before any session. */
export const resourceIsolation = define.middleware((ctx) => {
  if (isWelcome(ctx.req)) return ctx.next();
  return new Response(null, {
    status: 403,
    headers: {
      "Cache-Control": "private, no-store",
      Vary: "Cookie, Sec-Fetch-Site, Sec-Fetch-Mode, Sec-Fetch-Dest",
    },
  });
});
