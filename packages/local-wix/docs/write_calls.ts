/**
 * Writes `src/console/sdk_calls.ts`: the calls that the SDK's modules can make,
 * from the metadata in their packages.
 *
 *     deno task calls
 *
 * @module
 */
import * as localeSettings from "@wix/auto_sdk_multilingual_locale-settings/meta";
import * as locales from "@wix/auto_sdk_multilingual_locales/meta";
import * as seoSitemapEntries from "@wix/auto_sdk_seo_seo-sitemap-entries/meta";
import * as seoTags from "@wix/auto_sdk_seo_seo-tags/meta";
import * as businessTools from "@wix/business-tools/meta";
import * as categories from "@wix/categories/meta";
import * as ecom from "@wix/ecom/meta";
import * as members from "@wix/members/meta";
import * as redirects from "@wix/redirects/meta";
import * as stores from "@wix/stores/meta";
import * as items from "@wix/wix-data-items-sdk/build/cjs/meta.js";

const FILE = new URL("../src/console/sdk_calls.ts", import.meta.url);

const PACKAGES: Readonly<Record<string, object>> = {
  "business-tools": businessTools,
  categories,
  data: { items },
  ecom,
  members,
  multilingual: { localeSettings, locales },
  redirects,
  seo: { seoSitemapEntries, seoTags },
  stores,
};

/** The lines of the list: package, module, function, HTTP method and path. */
export function sdkCalls(): string[] {
  return Object.entries(PACKAGES).flatMap(([name, modules]) =>
    Object.entries(modules).flatMap(([module, functions]) =>
      Object.entries(Object(functions)).flatMap(([method, describe]) => {
        const route = routeOf(describe);
        return route ? [`${name} ${module} ${method} ${route}`] : [];
      })
    )
  );
}

/** Method and path of a call, such as `GET /ecom/v1/orders/{id}`. */
function routeOf(describe: unknown): string | undefined {
  if (typeof describe !== "function") return undefined;
  const call: unknown = describe();
  const { getUrl, httpMethod } = Object(call);
  if (typeof getUrl !== "function") return undefined;
  const url: string = getUrl({ host: "www.wixapis.com" });
  return `${httpMethod} ${url.replace(/:(\w+)/g, "{$1}")}`;
}

/** The module that local Wix has of it. */
export function callsModule(): string {
  return `// deno-fmt-ignore-file
/**
 * The calls that the SDK's modules can make. \`deno task calls\` writes it.
 *
 * @module
 */

/** Package, module, function, HTTP method and path, one call a line. */
export const SDK_CALLS = \`
${sdkCalls().join("\n")}
\`;
`;
}

if (import.meta.main) await Deno.writeTextFile(FILE, callsModule());
