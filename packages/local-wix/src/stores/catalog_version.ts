import { allow, type Handler, type Route, type RouteName } from "../call.ts";
import { applicationError } from "../http/errors.ts";
import { reply } from "../http/response.ts";
import { type Audience, EVERYONE } from "../identity/identity.ts";
import type { CatalogVersion } from "../settings.ts";

/**
 * The version of the catalog.
 *
 * UNDOCUMENTED: whether a visitor may read it. Here every caller may.
 */
export const CATALOG_VERSION_ROUTES: readonly Route[] = allow(EVERYONE, {
  "GET /stores/v3/provision/version": ({ backend }) => {
    const isV1 = backend.settings.values.catalog === "v1";
    return reply({ catalogVersion: isV1 ? "V1_CATALOG" : "V3_CATALOG" });
  },
});

/** Like `allow`, for routes that only a site with this catalog has. */
export function allowWithCatalog(
  version: "v1" | "v3",
  audience: Audience,
  handlers: Readonly<Record<RouteName, Handler>>,
): Route[] {
  return allow(audience, handlers).map((route) => ({
    ...route,
    handler: (call) => {
      requireCatalog(version, call.backend.settings.values.catalog);
      return route.handler(call);
    },
  }));
}

/**
 * UNDOCUMENTED: the codes of a call to the other version, and of a call to a
 * shop that is not ready. Here those that public code looks for.
 */
function requireCatalog(wanted: "v1" | "v3", present: CatalogVersion): void {
  if (wanted === present) return;
  const [code, text] = present === "v1"
    ? ["CATALOG_V1_SITE_CALLING_CATALOG_V3_API", "has Catalog V1"]
    : wanted === "v1"
    ? ["CATALOG_V3_SITE_CALLING_CATALOG_V1_API", "has Catalog V3"]
    : ["CATALOG_V3_SITE_PROVISIONING", "is being provisioned"];
  throw applicationError(428, code, `The site ${text}`);
}
