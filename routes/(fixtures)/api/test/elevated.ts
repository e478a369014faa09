import { WixError } from "@fresh-wix/core/errors";
import { siteProperties } from "@wix/business-tools";
import { auth } from "@wix/essentials";
import { define } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

const getAsApp = auth.elevate(siteProperties.getSiteProperties);

const readName = wix.shared(async () => {
  const { properties } = await getAsApp();
  const name = properties?.businessName;
  if (name) return name;
  throw new WixError({ status: 502, description: "The site has no name" });
}, { freshMs: 60_000, staleMs: 10 * 60_000 });

/** For tests: an elevated call, cached for all users. */
export const handler = define.handlers({
  async GET() {
    return Response.json({ businessName: await readName() });
  },
});
