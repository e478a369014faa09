import { reply } from "../http/reply.ts";

/** `GET /stores/v3/provision/version`: local Wix has the V1 catalog alone. */
export function getCatalogVersion(): Response {
  return reply({ catalogVersion: "V1_CATALOG" });
}
