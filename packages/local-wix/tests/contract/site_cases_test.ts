/** Languages, currencies, search engines, and who gets which tokens. */
import * as locales from "@wix/auto_sdk_multilingual_locales";
import * as sitemap from "@wix/auto_sdk_seo_seo-sitemap-entries";
import * as seoTags from "@wix/auto_sdk_seo_seo-tags";
import { categories } from "@wix/categories";
import { productsV3 } from "@wix/stores";
import { guid, SITE } from "../../src/mod.ts";
import { at } from "../helpers/http.ts";
import type { Site } from "../helpers/site.ts";
import { cases, each, find, listed, type Loose } from "./rows.ts";

const modules = { categories, locales, productsV3, seoTags, sitemap };
const visitor = (site: Site): Loose => site.visitor(modules);
const app = (site: Site): Loose => site.app(modules);
const ZERO = "00000000-0000-0000-0000-000000000000";

// deno-fmt-ignore -- a table
each([
  ["en", ["Enamel mug", "Cast-iron pan", "Kitchen"]],
  ["de", ["Emaillebecher", "Cast-iron pan", "Küche"]],
  ["fr", ["Tasse émaillée", "Cast-iron pan", "Kitchen"]],
], "[assumed] in $0, mug, pan and kitchen are $1: what is not translated keeps its text", async (site, code) => {
  const client = visitor(site);
  client.setHeaders({ "x-wix-linguist": `${code}|${code}-${code}|false|${ZERO}` });
  const goods = await find(client.productsV3.queryProducts(), [["in", "_id", [guid("product", 1), guid("product", 7)]]]);
  const kitchen = await client.categories.getCategory(guid("category", 2), { appNamespace: "@wix/stores" });
  return [...goods, kitchen].map(({ name }) => name);
});
each(
  [
    ["USD", "$24.00, from 30.00"],
    ["EUR", "€21.60, from 27.00"],
    ["GBP", "£19.20, from 24.00"],
    ["JPY", "¥3,600, from 4500"],
    ["KWD", "KWD\u00a07.200, from 9.000"],
    ["XAU", "400 x-wix-currency"],
  ],
  "[assumed] a reduced price in $0 is $1",
  async (site, currency) => {
    const client = visitor(site);
    client.setHeaders({ "x-wix-currency": currency });
    const { actualPriceRange: now, compareAtPriceRange: before } = await client
      .productsV3.getProduct(guid("product", 6), { fields: ["CURRENCY"] });
    return `${now.minValue.formattedAmount}, from ${before.maxValue.amount}`;
  },
);

// deno-fmt-ignore -- a table
each([
  [[["eq", "primaryLocale", true]], "en-us"],
  [[["ne", "languageCode", "en"]], "de-de"],
  [[["eq", "visibility", "HIDDEN"]], ""],
  [[["descending", "languageCode"], ["limit", 1]], "en-us"],
], "[assumed] a visitor's queryLocales() with $0 finds $1", async (site, steps) =>
  listed(await find(visitor(site).locales.queryLocales(), steps), "regionalFormat"));

const pageUrl = "https://shop.example/x";
// deno-fmt-ignore -- a table
each([
  ["STORES_PRODUCT", "cast-iron-pan", "Cast-iron pan | Juniper & Sons (demo)"],
  ["STORES_PRODUCT", "no-such-product", "404 NOT_FOUND"],
  ["STORES_PRODUCT", "oil-lamp", "404 NOT_FOUND"],
  ["STORES_PRODUCT", "", "400 slug"],
  ["STORES_CATEGORY", "gifts", "Gifts | Juniper & Sons (demo)"],
  ["STORES_CATEGORY", "bread-and-baking", "404 NOT_FOUND"],
  ["STORES_CATEGORY", "enamel-mug", "404 NOT_FOUND"],
  ["BLOG_POST", "x", "501 NOT_IMPLEMENTED_LOCALLY"],
  ["STORES_SHELF", "x", "400 itemType"],
], "[assumed] the page of $0 $1 has the title $2", async (site, itemType, slug) => {
  const { seoTags: found } = await visitor(site).seoTags.resolveItemSeoTags({ pageUrl, itemType, slug });
  return found.tags.find(({ type }: Loose) => type === "title").children;
});
// deno-fmt-ignore -- a table
each([
  ["STORES_CATEGORY", {}, 5],
  ["STORES_SUB_CATEGORY", {}, 1],
  ["STORES_PRODUCT", { limit: 1000 }, 13],
  ["STORES_PRODUCT", { limit: 1001 }, "400 paging.limit"],
  ["STORES_PRODUCT", { limit: 0 }, "400 paging.limit"],
  ["STORES_PRODUCT", { cursor: "made-up" }, "400 cursorPaging.cursor"],
  ["FORUM_POST", {}, 0],
  ["STORES_SHELF", {}, "400 itemType"],
], "[assumed] the sitemap of $0 with the paging $1: $2", async (site, itemType, paging) =>
  (await app(site).sitemap.listSitemapPages({ itemType, paging })).pages);

const grant = async (
  site: Site,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) => {
  const body = new URLSearchParams(fields);
  const response = await site.fetch("/oauth2/token", {
    method: "POST",
    body,
    headers,
  });
  const reply = await response.json();
  return [
    response.status,
    reply.error ?? reply.details?.applicationError?.code ?? reply.token_type,
  ].join(" ");
};
const tokens = (site: Site) =>
  site.visitor(modules).auth.generateVisitorTokens();
const client_id = SITE.clientId;
const APP = {
  grant_type: "client_credentials",
  client_id,
  client_secret: SITE.clientSecret,
};
const CODE = { grant_type: "authorization_code", client_id };
const REFRESH = { grant_type: "refresh_token", client_id };
const OTHERS = {
  grant_type: "authorized_client",
  member_id: guid("member", 1),
};
// deno-fmt-ignore -- a table
cases([
  ["a form gets a visitor's token", (site) => grant(site, { grant_type: "anonymous", client_id }), "200 Bearer"],
  ["a grant has a type", (site) => grant(site, { client_id }), "400 invalid_request"],
  ["a password is no grant", (site) => grant(site, { grant_type: "password", client_id }), "400 unsupported_grant_type"],
  ["a grant has a client", (site) => grant(site, { grant_type: "anonymous" }), "400 invalid_request"],
  ["[assumed] a grant is not for an unknown client", (site) => grant(site, { grant_type: "anonymous", client_id: ZERO }), "400 invalid_client"],
  ["[assumed] an app has no other instance", (site) => grant(site, { ...APP, instance_id: ZERO }), "400 invalid_request"],
  ["[assumed] an app needs its secret", (site) => grant(site, { ...APP, client_secret: "guess" }), "400 invalid_client"],
  ["a code that was not issued is refused", (site) => grant(site, { ...CODE, code: "x", code_verifier: "y" }), "400 invalid_grant"],
  ["a code needs a verifier", (site) => grant(site, { ...CODE, code: "x" }), "400 invalid_request"],
  ["a refresh needs a token", (site) => grant(site, REFRESH), "400 invalid_request"],
  ["an access token refreshes nothing", async (site) => grant(site, { ...REFRESH, refresh_token: (await tokens(site)).accessToken.value }), "400 invalid_grant"],
  ["a refresh token in a form is refreshed", async (site) => grant(site, { ...REFRESH, refresh_token: (await tokens(site)).refreshToken.value }), "200 Bearer"],
  ["a server logs a member in with an API key", async (site) => grant(site, OTHERS, { authorization: `${(await tokens(site)).accessToken.value},${SITE.apiKey}`, "wix-site-id": SITE.siteId }), "200 Bearer"],
  ["[assumed] a visitor logs no member in", async (site) => grant(site, OTHERS, { authorization: (await tokens(site)).accessToken.value }), "401 UNAUTHENTICATED"],
  ["a refresh token is no access token", async (site) => at(await (await site.fetch("/oauth2/token-info", { method: "POST", body: JSON.stringify({ token: (await tokens(site)).refreshToken.value }) })).json(), "active"), false],
]);

// deno-fmt-ignore -- a table
each([
  ["POST /members/v1/members/query", "401 UNAUTHENTICATED"],
  ["GET /members/v1/members/my", "401 UNAUTHENTICATED"],
  ["POST /ecom/v1/orders/search", "401 UNAUTHENTICATED"],
  ["GET /ecom/v2/carts/current", "401 UNAUTHENTICATED"],
  ["GET /stores/v3/products/query", "401 UNAUTHENTICATED"],
  ["POST /wix-data/v2/items/query", "401 UNAUTHENTICATED"],
  ["GET /site-properties/v4/properties", "401 UNAUTHENTICATED"],
], "[assumed] $0 without a token, or with a forged one, is $1", async (site, route) => {
  const [method, path] = route.split(" ");
  const replies = [{}, { authorization: "Bearer OauthNG.JWS.a.b.c" }].map(async (headers) => {
    const response = await site.fetch(path, { method, headers, ...(method === "POST" && { body: "{}" }) });
    return `${response.status} ${at(await response.json(), "details.applicationError.code")}`;
  });
  return [...new Set(await Promise.all(replies))].join(", ");
});
