/** Languages and currencies, and what search engines read in them. */
import { assert, assertEquals } from "@std/assert";
import * as localeSettings from "@wix/auto_sdk_multilingual_locale-settings";
import * as locales from "@wix/auto_sdk_multilingual_locales";
import * as sitemap from "@wix/auto_sdk_seo_seo-sitemap-entries";
import * as seoTags from "@wix/auto_sdk_seo_seo-tags";
import { categories } from "@wix/categories";
import { currentCartV2 } from "@wix/ecom";
import { productsV3 } from "@wix/stores";
import { guid } from "../../src/mod.ts";
import { assertWixError, it } from "../helpers/site.ts";
import { MUG } from "./shop.ts";

const modules = {
  categories,
  currentCartV2,
  locales,
  localeSettings,
  productsV3,
  seoTags,
  sitemap,
};
const ZERO = "00000000-0000-0000-0000-000000000000";
const inLanguage = (code: string) => ({
  "x-wix-linguist": `${code}|${code}-de|false|${ZERO}`,
});
const tree = { appNamespace: "@wix/stores" };

it.local("products, categories and cart lines come in the language of the call", async (site) => {
  const client = site.visitor(modules);
  const read = async () => {
    const { product } = await client.productsV3.getProductBySlug("enamel-mug", {
      fields: ["PLAIN_DESCRIPTION"],
    });
    const { items } = await client.productsV3.queryProducts()
      .in("slug", ["juniper-candle", "cast-iron-pan"]).find();
    const kitchen = await client.categories.getCategoryBySlug("kitchen", tree);
    const names = [product, ...items, kitchen.category];
    return [product?.plainDescription, ...names.map((each) => each?.name)];
  };
  const english = await read();
  assertEquals(english.slice(1), [
    "Enamel mug",
    "Juniper candle",
    "Cast-iron pan",
    "Kitchen",
  ]);
  client.setHeaders(inLanguage("de"));
  assertEquals(await read(), [
    "<p>Fasst 350 ml und übersteht einen Sturz auf Steinboden.</p>",
    "Emaillebecher",
    "Wacholderkerze",
    "Cast-iron pan",
    "Küche",
  ]);
  const { items } = await client.categories
    .listItemsInCategory(guid("category", 2), tree);
  assertEquals(items?.length, 5);
  const { cart } = await client.currentCartV2.addLineItemsToCurrentCart({
    catalogItems: [{ ...MUG }],
  });
  assertEquals(cart?.lineItems?.[0]?.name, {
    original: "Enamel mug",
    translated: "Emaillebecher",
  });
  for (const unknown of ["es", "../de", "DE"]) {
    client.setHeaders(inLanguage(unknown));
    assertEquals(await read(), english, unknown);
  }
});

it.local("locales are the languages of the site", async (site) => {
  const { locales: visitors, localeSettings } = site.visitor(modules);
  const { items } = await visitors.queryLocales().find();
  assertEquals(
    items.map((each) => [each.regionalFormat, each.primaryLocale]),
    [["en-us", true], ["de-de", false]],
  );
  const german = await visitors.queryLocales().eq("languageCode", "de").find();
  const id = german.items[0]?._id ?? "";
  assertEquals((await visitors.getLocale(id)).regionCode, "DE");
  const settings = await localeSettings.getLocaleSettings();
  assertEquals(settings.localeSettings?.primaryLocale?.languageCode, "en");
  const all = await site.admin(modules).locales.queryLocales().find();
  assertEquals(all.items[2]?.visibility, "HIDDEN");
  const french = () => visitors.getLocale(all.items[2]?._id ?? "");
  await assertWixError(french, 404, "LOCALE_NOT_FOUND");
});

/** The text of each tag by its name; each is there once. */
function byName(
  { seoTags: found }: seoTags.ResolveItemSeoTagsResponse,
): Record<string, string> {
  const tags = found?.tags?.map((tag): [string, string] => {
    const { name, property, rel, content, href } = tag.props ?? {};
    return [
      name ?? property ?? rel ?? tag.type,
      content ?? href ?? tag.children,
    ];
  }) ?? [];
  const byName = Object.fromEntries(tags);
  assertEquals(Object.keys(byName).length, tags.length, "a tag is there twice");
  return byName;
}

it.local("an item's own tags override those from its texts", async (site) => {
  const client = site.visitor(modules);
  const pageUrl = "https://shop.example/products/x";
  const resolve = async (
    itemType: seoTags.ItemTypeWithLiterals,
    slug: string,
  ) =>
    byName(
      await client.seoTags.resolveItemSeoTags({ pageUrl, itemType, slug }),
    );
  const mug = await resolve("STORES_PRODUCT", "enamel-mug");
  assertEquals(mug.title, "The mug that survives the kitchen floor");
  assertEquals(mug.canonical, pageUrl);
  assertEquals(mug["og:title"], "Enamel mug | Juniper & Sons (demo)");
  const { offers } = JSON.parse(mug.script ?? "");
  assertEquals([offers.price, offers.priceCurrency], ["14.50", "USD"]);
  const card = await resolve("STORES_PRODUCT", "gift-card");
  assertEquals(card.robots, "noindex");
  client.setHeaders(inLanguage("de"));
  const kitchen = await resolve("STORES_CATEGORY", "kitchen");
  assertEquals(
    kitchen.description,
    "Pfannen, Messer und Gläser für jeden Tag.",
  );
  const sub = await resolve("STORES_SUB_CATEGORY", "bread-and-baking");
  assert(sub.title?.startsWith("Bread and baking"));
  const lamp = await site.admin(modules).seoTags.resolveItemSeoTags({
    pageUrl,
    itemType: "STORES_PRODUCT",
    slug: "oil-lamp",
  });
  assert(byName(lamp).title?.startsWith("Oil lamp"));
});

it.local("a static page's tags override those of the site", async (site) => {
  const { seoTags: tags } = site.visitor(modules);
  const about = "https://shop.example/about?from=home";
  const own = byName(await tags.resolveStaticPageSeoTags({ pageUrl: about }));
  assertEquals(own.title, "About us | Juniper & Sons (demo)");
  assertEquals(own.description, "Who makes the mugs, and where.");
  const sent = byName(
    await tags.resolveStaticPageSeoTags({
      pageUrl: "https://shop.example/new",
      pageName: "New",
      seoData: {
        tags: [{
          type: "meta",
          props: { name: "description", content: "Sent" },
        }],
      },
    }),
  );
  assertEquals(sent.title, "New | Juniper & Sons (demo)");
  assertEquals(sent.description, "Sent");
  const wrong = () => tags.resolveStaticPageSeoTags({ pageUrl: "about" });
  await assertWixError(wrong, 400);
});

it.local("[assumed] an app lists the pages of a sitemap", async (site) => {
  const { sitemap: app } = site.app(modules);
  const list = (paging: { limit?: number; cursor?: string }) =>
    app.listSitemapPages({ itemType: "STORES_PRODUCT", paging });
  const first = await list({ limit: 10 });
  const { next } = first.pagingMetadata?.cursors ?? {};
  const second = await list({ cursor: next ?? "" });
  const pages = [first, second].flatMap(({ pages = [] }) => pages);
  assertEquals(pages.length, 13);
  assertEquals(pages[0]?.images?.length, 2);
  const hidden = pages.filter((page) => !page.shouldBeIncludedInSitemap);
  assertEquals(hidden.map(({ _id }) => _id), [
    guid("product", 10),
    guid("product", 13),
  ]);
  const posts = await app.listSitemapPages({ itemType: "BLOG_POST" });
  assertEquals(posts.pages, []);
  await assertWixError(() => app.listSitemapPages(), 400);
  const visitor = site.visitor(modules);
  const call = () =>
    visitor.sitemap.listSitemapPages({ itemType: "STORES_PRODUCT" });
  await assertWixError(call, 403);
});
