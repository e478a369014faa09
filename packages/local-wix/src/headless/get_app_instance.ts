import type { Call } from "../call.ts";
import { reply } from "../http/reply.ts";

/** `GET /apps/v1/instance`: the app that asks, and the site that it is on. */
export function getAppInstance({ backend, origin }: Call): Response {
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
