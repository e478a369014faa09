// Imports types alone: tasks read it before packages are installed.

import type { Site } from "../site/site.ts";

/** The demo site. */
export const SITE: Site = {
  clientId: "00000000-0000-4000-8000-000000000001",
  clientSecret: "local-wix-client-secret-known-to-everybody",
  instanceId: "00000000-0000-4000-8000-000000000002",
  siteId: "00000000-0000-4000-8000-000000000003",
  ownerId: "00000000-0000-4000-8000-000000000004",
  apiKey: "local-wix-api-key",
  name: "Juniper & Sons (demo)",
};
