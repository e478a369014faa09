import { page } from "fresh";
import { define } from "@/lib/define.ts";
import type { PublicSiteProperties } from "@/lib/site_properties.ts";
import { toWixError } from "@/packages/fresh-wix/src/wix/wix_error.ts";
import { appClient, visitorClient } from "../by_hand/clients.ts";

export { default } from "@/routes/elevation.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Elevation";
    const [refusal, value] = await Promise.all([
      visitorClient.siteProperties.getSiteProperties().then(
        () => undefined,
        toWixError,
      ),
      publicProperties(),
    ]);
    return page({
      asYou: refusal === undefined ? {} : { refusal },
      asApp: { value },
    });
  },
});

async function publicProperties(): Promise<PublicSiteProperties> {
  const { properties = {} } = await appClient.siteProperties
    .getSiteProperties();
  const { businessName, language, paymentCurrency, timeZone } = properties;
  return {
    businessName: businessName ?? undefined,
    language: language ?? undefined,
    paymentCurrency: paymentCurrency ?? undefined,
    timeZone: timeZone ?? undefined,
  };
}
