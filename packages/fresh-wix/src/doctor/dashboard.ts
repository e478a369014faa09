/**
 * Where things are in the dashboard of a Wix site.
 *
 * @see https://dev.wix.com/docs/go-headless/authentication/setup/allow-redirect-uris-and-domains
 * @module
 */

/** The list of headless clients. */
export const HEADLESS_SETTINGS =
  "the site's dashboard, Settings > Development & integrations > Headless Settings";

/** The settings of one client, by name of the section. */
export function clientSection(section: string): string {
  return `${HEADLESS_SETTINGS} > the client's Settings > ${section}`;
}
