import { reply } from "../http/reply.ts";

/**
 * `GET /assets/scripts/v1/site-scripts`: what the dashboard adds to every page,
 * such as a tag manager. The demo site adds nothing, and says so with a list:
 * Wix's Astro integration fails a page when the list is missing.
 */
export function listSiteScripts(): Response {
  return reply({ siteScripts: [] });
}
