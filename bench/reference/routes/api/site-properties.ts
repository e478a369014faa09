import { define } from "@/lib/define.ts";
import { appClient } from "../../by_hand/clients.ts";

export const handler = define.handlers({
  async GET() {
    const { properties = {} } = await appClient.siteProperties
      .getSiteProperties();
    const { businessName, language, paymentCurrency, timeZone } = properties;
    return Response.json({
      businessName,
      language,
      paymentCurrency,
      timeZone,
    });
  },
});
