import { type AllowedUrls, isAllowedUrl } from "../redirects/allowed_url.ts";
import type { HttpRequest } from "./http_request.ts";

/**
 * The headers by which a page of another origin may call an API and read the
 * answer. None for a page that may not.
 *
 * UNDOCUMENTED: from which pages a browser may call the APIs. Here from those of
 * this machine and of the allowed origins, so that no other page that happens
 * to be open reads what is here.
 */
export function corsHeaders(
  { method, headers }: HttpRequest,
  allowed: Pick<AllowedUrls, "allowedOrigins">,
): Readonly<Record<string, string>> {
  const origin = headers.get("origin");
  if (origin === null || !isAllowedUrl(origin, allowed)) return {};
  const answer = { "access-control-allow-origin": origin, vary: "origin" };
  return method === "OPTIONS"
    ? {
      ...answer,
      "access-control-allow-methods": "GET, POST, PATCH, DELETE",
      "access-control-allow-headers":
        headers.get("access-control-request-headers") ?? "",
      "access-control-max-age": "600",
    }
    : {
      ...answer,
      "access-control-expose-headers": "x-wix-request-id, x-wix-consistent",
    };
}

/** Whether a browser asks if a page may send a request. */
export function isPreflight({ method, headers }: HttpRequest): boolean {
  return method === "OPTIONS" &&
    headers.get("access-control-request-method") !== null;
}
