import { HttpError } from "fresh";
import { define } from "@/lib/define.ts";
import { listCategories, listSlugs } from "@/lib/shop/catalog.ts";
import { wix } from "@/lib/wix.ts";

/** The pages of the shop for search engines. @see https://www.sitemaps.org */
export const handler = define.handlers({
  async GET() {
    // A preview has no permanent URL.
    if (wix.appOrigin === undefined) throw new HttpError(404);
    // This takes many calls, so it is cached.
    const [categories, slugs] = await wix.shared.within(
      Infinity,
      () => Promise.all([listCategories(), listSlugs()]),
    );
    // Slugs have no characters that XML or a URL would escape.
    const urls = [
      "/",
      "/shop",
      ...categories.map(({ slug }) => `/shop/${slug}`),
      ...slugs.map((slug) => `/products/${slug}`),
    ].map((path) => `<url><loc>${wix.appOrigin}${encodeURI(path)}</loc></url>`);
    return new Response(
      '<?xml version="1.0" encoding="UTF-8"?>' +
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' +
        `${urls.join("")}</urlset>`,
      { headers: { "content-type": "application/xml", ...PUBLIC } },
    );
  },
});

const PUBLIC = { "cache-control": "public, max-age=3600" };
