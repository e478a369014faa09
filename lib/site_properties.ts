/**
 * The site's properties, which Wix shows to apps and owners only.
 *
 * @module
 */
import { siteProperties } from "@wix/business-tools";
import { auth } from "@wix/essentials";

/** The properties that the pages show, and no more. */
export interface PublicSiteProperties {
  readonly businessName: string | undefined;
  readonly language: string | undefined;
  readonly paymentCurrency: string | undefined;
  readonly timeZone: string | undefined;
}

/**
 * Returns the site's properties by an elevated call: it runs with the app's
 * rights, whoever asks. So it returns only what anybody may see.
 *
 * @throws {WixError} when Wix refuses or does not answer.
 * @see https://dev.wix.com/docs/sdk/api-reference/business-tools/site-properties/get-site-properties
 */
export async function getPublicSiteProperties(): Promise<
  PublicSiteProperties
> {
  // #region elevated
  const getAsApp = auth.elevate(siteProperties.getSiteProperties);
  const { properties = {} } = await getAsApp();
  // #endregion
  const { businessName, language, paymentCurrency, timeZone } = properties;
  return {
    businessName: businessName ?? undefined,
    language: language ?? undefined,
    paymentCurrency: paymentCurrency ?? undefined,
    timeZone: timeZone ?? undefined,
  };
}
