import { permissionDenied, unauthenticated } from "../http/errors.ts";
import type { Identity, IdentityKind } from "./identity.ts";

/** The kinds of callers a route lets in; `anyone` needs no credential. */
export type Audience = "anyone" | readonly IdentityKind[];

/** Throws the error Wix answers when `identity` may not use the route. */
export function requirePermission(
  identity: Identity,
  audience: Audience,
): void {
  if (audience === "anyone") return;
  const { kind } = identity;
  if (kind === "none") {
    throw unauthenticated(
      "The authorization header is missing, unknown or expired",
    );
  }
  if (!audience.includes(kind)) {
    throw permissionDenied(
      `Identity of kind ${kind} lacks permission; this call needs ${
        audience.join(" or ")
      }`,
    );
  }
}
