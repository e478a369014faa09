import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { reply } from "../http/reply.ts";

/**
 * `GET /oauth-app/v1/oauth-apps/{id}`: the client that an app logs in as, and
 * under which URL the pages are that Wix hosts for it, and where those may send
 * people. Besides, every URL of this machine is allowed.
 *
 * @see https://dev.wix.com/docs/rest/business-management/headless/oauth-apps/o-auth-app-object
 *
 * UNDOCUMENTED: the code for an id that no client of the site has. Here it is
 * NOT_FOUND, with 404.
 */
export function getOAuthApp({ params, backend, origin }: Call): Response {
  const { clientId, name } = backend.site;
  const { allowedOrigins, allowedRedirectUris } = backend.settings;
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
