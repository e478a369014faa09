import { page } from "fresh";
import { Logo } from "@/components/Logo.tsx";
import { ProductGrid } from "@/components/shop/ProductGrid.tsx";
import { define } from "@/lib/define.ts";
import { readShopFront } from "@/lib/shop/catalog.ts";
import { homeSeo } from "@/lib/shop/seo.ts";
import { SITE } from "@/lib/site.ts";
import { wix } from "@/lib/wix.ts";

export const handler = define.handlers({
  async GET(ctx) {
    // Render the home page even while Wix does not respond.
    const front = await readShopFront().catch((error) => {
      wix.report(ctx, error);
      return { picks: [], categories: [] };
    });
    const [first] = front.picks;
    const origin = wix.appOrigin ?? "";
    ctx.state.seo = homeSeo(origin, first?.picture?.src);
    if (first !== undefined) ctx.state.cacheTags = ["catalog"];
    return page(front);
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <section class="hero">
      <Logo size={72} />
      <div>
        <h1>{SITE.tagline}</h1>
        <p class="lead">{SITE.description}</p>
        <p class="actions">
          <a class="button" href="/shop">Shop all products</a>
          <a href="/how-it-works">How this demo works</a>
        </p>
      </div>
    </section>
    {data.picks.length > 0 && (
      <>
        <h2 class="section-title">New in the shop</h2>
        <ProductGrid products={data.picks} level={3} />
      </>
    )}
    {data.categories.length > 0 && (
      <>
        <h2 class="section-title">Categories</h2>
        <ul class="cards">
          {data.categories.map(({ description, name, slug }) => (
            <li key={slug}>
              <h3>
                <a href={`/shop/${slug}`}>{name}</a>
              </h3>
              <p>{description}</p>
            </li>
          ))}
        </ul>
      </>
    )}
  </>
));
