import { allow, type Call, type Route } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { isRecord, type JsonObject, textsIn } from "../http/json.ts";
import { readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { ELEVATED, EVERYONE } from "../identity/identity.ts";
import { getImage } from "./media.ts";

/** The site itself: properties, OAuth app, media, and what it reports. */
export const SITE_ROUTES: readonly Route[] = [
  ...allow(ELEVATED, {
    "GET /site-properties/v4/properties": getSiteProperties,
    "GET /oauth-app/v1/oauth-apps/{id}": getOAuthApp,
    "GET /apps/v1/instance": getAppInstance,
  }),
  ...allow(EVERYONE, {
    // Wix's Astro integration fails a page when the list is missing.
    "GET /assets/scripts/v1/site-scripts": () => reply({ siteScripts: [] }),
  }),
  ...allow("anyone", {
    "GET /media/{id}": getImage,
    "GET /media/{id}/v1/fill/{transforms}/{filename}": getImage,
    "POST /otel-collector/v1/logs": collectReports,
    "POST /otel-collector/v1/traces": collectReports,
    "POST /wixcode/v1/telemetry/telemetry-messages": collectReports,
    "GET /robots.txt": () => new Response("User-agent: *\nDisallow: /\n"),
  }),
];

/** All site properties, or the dotted `fields`. */
function getSiteProperties({ backend, url }: Call): Response {
  const fields = textsIn(readQuery(url).fields)
    .flatMap((text) => text.split(","))
    .filter((field) => field !== "");
  const all = backend.store.siteProperties;
  const properties = fields.length === 0 ? all : pick(all, fields);
  return reply({ version: "42", properties });
}

/**
 * UNDOCUMENTED: a field of the site properties that does not exist. Here it is
 * left out.
 */
function pick(from: JsonObject, paths: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const name of new Set(paths.map((path) => path.split(".")[0] ?? ""))) {
    if (!Object.hasOwn(from, name)) continue;
    const value = from[name];
    const below = paths
      .filter((path) => path.startsWith(`${name}.`))
      .map((path) => path.slice(name.length + 1));
    const whole = paths.includes(name) || !isRecord(value);
    picked[name] = whole ? value : pick(value, below);
  }
  return picked;
}

/**
 * The client that an app logs in as, the URL of the pages that Wix hosts for
 * it, and the URLs to which those may redirect. Besides, every URL of this
 * machine is allowed.
 *
 * @see https://dev.wix.com/docs/rest/business-management/headless/oauth-apps/o-auth-app-object
 *
 * UNDOCUMENTED: the code for an id that no client of the site has. Here it is
 * NOT_FOUND, with 404.
 */
function getOAuthApp({ params, backend, origin }: Call): Response {
  const { clientId, name } = backend.site;
  const { allowedOrigins, allowedRedirectUris } = backend.settings.values;
  if (params.id !== clientId) {
    throw notFound("NOT_FOUND", `The site has no OAuth app ${params.id}`);
  }
  return reply({
    oAuthApp: {
      id: clientId,
      name,
      applicationType: "WEB_APP",
      redirectUrlWixPages: origin,
      allowedRedirectUris,
      allowedRedirectDomains: allowedOrigins.map((each) => new URL(each).host),
    },
  });
}

/** The calling app, and the site that it is on. */
function getAppInstance({ backend, origin }: Call): Response {
  const { instanceId, siteId, name } = backend.site;
  const { locale, paymentCurrency } = backend.store.siteProperties;
  return reply({
    instance: { instanceId, appName: name, isFree: true, permissions: [] },
    site: {
      siteId,
      siteDisplayName: name,
      locale: Object(locale).languageCode,
      paymentCurrency,
      url: origin,
    },
  });
}

/**
 * Accepts a client's reports about itself and discards them. An empty object
 * means that all was accepted
 * (https://opentelemetry.io/docs/specs/otlp/#otlphttp-response).
 */
function collectReports(): Response {
  return reply({});
}
