/**
 * The doctor's checks of the shop.
 *
 * @module
 */
import { createPublicKey } from "node:crypto";
import {
  checked,
  refusalIn,
  textAt,
} from "../packages/fresh-wix/src/doctor/call_wix.ts";
import type { Check } from "../packages/fresh-wix/src/doctor/checks.ts";
import {
  ok,
  problem,
  unknown,
} from "../packages/fresh-wix/src/doctor/finding.ts";

const DASHBOARD = "In the site's dashboard, open";

const checkCatalog: Check = (call, headers) => {
  const subject = "the site has products to sell";
  return checked(subject, async () => {
    const found = await call("/stores/v3/provision/version", { headers });
    const version = textAt(found.body, "catalogVersion");
    if (version === "STORES_NOT_INSTALLED") {
      const todo = `${DASHBOARD} Apps > App Market and add Wix Stores.`;
      return problem("Wix Stores is not installed on the site.", todo);
    }
    if (version === "V1_CATALOG") {
      return problem(
        "The site has Catalog V1, which the shop does not support.",
        "New sites have Catalog V3: move the products to a new site, or " +
          "have Wix migrate this one.",
      );
    }
    const path = "/stores/v3/products/count";
    const body = { filter: { visible: true } };
    const reply = await call(path, { body, headers });
    const { count } = Object(reply.body);
    if (typeof count !== "number") {
      return unknown(subject, `Wix responded ${refusalIn(reply)}`);
    }
    return count > 0
      ? ok(`The shop has Catalog V3, and products: ${count}.`)
      : problem(
        "The shop has no products.",
        `${DASHBOARD} Catalog > Store Products and add one.`,
      );
  });
};

const checkCurrency: Check = (call, headers) => {
  const subject = "the shop has a currency";
  return checked(subject, async () => {
    const path = "/site-properties/v4/properties";
    const reply = await call(path, { headers });
    const currency = textAt(reply.body, "properties", "paymentCurrency");
    if (currency !== undefined) return ok(`Prices are in ${currency}.`);
    return reply.status === 200
      ? problem(
        "The shop has no currency.",
        `${DASHBOARD} Settings > Language & Region and choose one.`,
      )
      : unknown(
        subject,
        `Wix responded ${refusalIn(reply)}`,
        "This needs an elevated call: set WIX_CLIENT_SECRET, or WIX_API_KEY " +
          "with WIX_SITE_ID, and run the doctor again.",
      );
  });
};

const checkPayments: Check = () =>
  Promise.resolve(unknown(
    "the store accepts payments",
    "Wix has no API for it",
    `${DASHBOARD} Settings > Accept Payments, connect a provider, and place ` +
      "an order to try it.",
  ));

/** Checks the key that verifies events: the app uses it only when one arrives. */
const checkWebhookKey = (key: string): Check => () =>
  Promise.resolve(
    isPublicKey(key) ? ok("WIX_CLIENT_PUBLIC_KEY is a public key.") : problem(
      "WIX_CLIENT_PUBLIC_KEY is not a public key, so all events are refused.",
      "Copy the whole key from the Webhooks page of the app's dashboard, or " +
        "run `wix env pull`.",
    ),
  );

const PEM = "-----BEGIN PUBLIC KEY-----";

function isPublicKey(key: string): boolean {
  try {
    // As the SDK reads it.
    const pem = /[\r\n]/.test(key) ? key : atob(key);
    return pem.startsWith(PEM) &&
      createPublicKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

/** Returns the checks of the shop, in the order in which they make sense. */
export function shopChecks(
  { WIX_CLIENT_PUBLIC_KEY: key }: Readonly<Record<string, string>>,
): readonly Check[] {
  const checks = [checkCatalog, checkCurrency, checkPayments];
  return key ? [...checks, checkWebhookKey(key.trim())] : checks;
}
