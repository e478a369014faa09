import { define } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

/** Pages that search engines should not list. */
const PERSONAL = ["/api/", "/account", "/cart", "/checkout", "/thank-you"];

/** Allows crawlers to read the whole site, but no preview. */
export const handler = define.handlers({
  GET() {
    const { appOrigin } = wix;
    const lines = appOrigin === undefined ? ["Disallow: /"] : [
      ...PERSONAL.map((path) => `Disallow: ${path}`),
      // #region shop
      `Sitemap: ${appOrigin}/sitemap.xml`,
      // #endregion
    ];
    return new Response(["User-agent: *", ...lines, ""].join("\n"), {
      headers: {
        "content-type": "text/plain",
        "cache-control": "public, max-age=3600",
      },
    });
  },
});
