import { page } from "fresh";
import { Catalog } from "@/components/shop/Catalog.tsx";
import { define } from "@/lib/define.ts";
import { readCatalogPage } from "@/lib/shop/catalog.ts";
import { catalogSeo } from "@/lib/shop/seo.ts";
import { wix } from "@/lib/wix.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const data = await readCatalogPage(
      ctx.url.searchParams,
      ctx.params.category,
    );
    ctx.state.title = data.category?.name ?? "Shop";
    ctx.state.seo = catalogSeo(data, wix.appOrigin ?? "");
    ctx.state.cacheTags = ["catalog"];
    return page(data);
  },
});

export default define.page<typeof handler>(({ data, url }) => (
  <Catalog data={data} url={url} />
));
