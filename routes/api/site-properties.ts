import { define } from "@/lib/define.ts";
import { getPublicSiteProperties } from "@/lib/wix/site_properties.ts";

export const handler = define.handlers({
  async GET() {
    return Response.json(await getPublicSiteProperties());
  },
});
