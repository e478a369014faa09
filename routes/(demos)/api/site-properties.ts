import { define } from "@/lib/define.ts";
import { getPublicSiteProperties } from "@/lib/site_properties.ts";
import { wix } from "@/lib/wix.ts";

/** Cached: the same for every user, and rarely changed. */
const siteProperties = wix.shared(getPublicSiteProperties, {
  freshMs: 60_000,
  staleMs: 10 * 60_000,
});

export const handler = define.handlers({
  async GET() {
    return Response.json(await siteProperties());
  },
});
