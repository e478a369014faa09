import { messagePage } from "./layout.ts";

/** The page for a link that was used up, forgotten or made up. */
export function staleLinkPage(): Response {
  return messagePage(
    "This link is no longer valid",
    "A link to this page works once, and Local Wix may have been restarted " +
      "since it was made. Go back to the site and try again.",
    { status: 404 },
  );
}

/** The page for a client that wants the browser sent where it may not go. */
export function forbiddenRedirectPage(url: string): Response {
  return messagePage(
    "This redirect is not allowed",
    `${url} is not among the allowed URLs of the site. Local Wix allows ` +
      "every URL of this machine, with http or https, unless its settings " +
      "list the redirect URIs.",
    { status: 400 },
  );
}

/** The page for a client id that is not the site's. */
export function unknownClientPage(clientId: string, known: string): Response {
  return messagePage(
    "Unknown client",
    `No OAuth app has the client id ${clientId}. The one of Local Wix is ` +
      `${known}.`,
    { status: 400 },
  );
}
