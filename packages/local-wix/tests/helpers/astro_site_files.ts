/**
 * What is written into the folder of the Astro site: the packages it is made
 * of, its configuration as their documentation has it, and four pages.
 *
 * @module
 */

/** The packages that these depend on are those of this day. */
export const RELEASED_BEFORE = "2026-11-20";

const PACKAGE = {
  private: true,
  type: "module",
  dependencies: {
    "@astrojs/node": "9.5.5",
    "@wix/astro": "2.74.0",
    "@wix/business-tools": "1.0.228",
    "@wix/ecom": "1.0.2509",
    "@wix/essentials": "1.0.15",
    "@wix/members": "1.0.519",
    "@wix/sdk": "1.21.16",
    astro: "5.18.2",
    react: "18.3.1",
    "react-dom": "18.3.1",
  },
};

const CONFIG = `
import node from "@astrojs/node";
import wix from "@wix/astro";
import { defineConfig } from "astro/config";

export default defineConfig({
  output: "server",
  adapter: node({ mode: "standalone" }),
  // Astro takes the port of its own URL only from host names listed here.
  security: { allowedDomains: [{ protocol: "http", hostname: "localhost" }] },
  integrations: [wix()],
});
`;

const HOME_PAGE = `---
import { members } from "@wix/members";

const { member } = await members.getCurrentMember({ fieldsets: ["FULL"] })
  .catch((error) => {
    if (error.status === 404) return {};
    throw error;
  });
---
<h1>{member?.loginEmail ?? "visitor"}</h1>
<a href="/api/auth/login?returnToUrl=/orders">Log in</a>
<form method="post" action="/api/auth/logout?returnToUrl=/">
  <button>Log out</button>
</form>
`;

const ORDERS_PAGE = `---
import { orders } from "@wix/ecom";

const cursor = Astro.url.searchParams.get("cursor");
const cursorPaging = cursor ? { cursor } : { limit: 10 };
const page = await orders.searchOrders({ cursorPaging });
const next = page.metadata?.cursors?.next;
---
<ul>{page.orders.map(({ number }) => <li>{number}</li>)}</ul>
{next && <a rel="next" href={"/orders?" + new URLSearchParams({ cursor: next })}>More</a>}
`;

const PROPERTIES_PAGE = `---
import { siteProperties } from "@wix/business-tools";
import { auth } from "@wix/essentials";

const { getSiteProperties } = siteProperties;
const refused = await getSiteProperties().catch((error) => error);
const { properties } = await auth.elevate(getSiteProperties)();
---
<p>Directly: {refused.status}</p>
<p>Elevated: {properties?.paymentCurrency}</p>
`;

const BROWSER_PAGE = `
<p>Asking …</p>
<script>
  import { orders } from "@wix/ecom";

  orders.searchOrders({ cursorPaging: { limit: 3 } }).then(
    (page) => page.orders.map(({ number }) => number).join(" "),
    (error) => error.message,
  ).then((text) => document.querySelector("p")!.textContent = text);
</script>
`;

/** How a line begins that tells of a request which was kept from leaving. */
export const STRAY = "Left alone, this would go to";

/** The integration reports its errors to Wix; a test must not do so. */
const STAY_HERE = `
const real = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const { hostname, href } = new URL(input.url ?? input);
  if (hostname === "localhost") return await real(input, init);
  console.error("${STRAY} " + href);
  throw new TypeError("No network but this machine");
};
`;

/** The text of every file, by path. */
export const FILES: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify(PACKAGE),
  "astro.config.mjs": CONFIG,
  "stay_here.mjs": STAY_HERE,
  "public/ready.txt": "The server answers.",
  "src/pages/index.astro": HOME_PAGE,
  "src/pages/orders.astro": ORDERS_PAGE,
  "src/pages/properties.astro": PROPERTIES_PAGE,
  "src/pages/browser.astro": BROWSER_PAGE,
};
