/**
 * The site's properties, which Wix returns to apps and site owners only.
 *
 * @module
 */
import { siteProperties } from "@wix/business-tools";
import { auth } from "@wix/essentials";

/** The properties that are safe to show to everyone. */
export interface PublicSiteProperties {
  readonly businessName: string | undefined;
  readonly language: string | undefined;
  readonly paymentCurrency: string | undefined;
  readonly timeZone: string | undefined;
}

/**
 * Returns the site's public properties. The call is elevated: it ignores the
 * permissions of the current user, so only public fields are returned.
 *
 * @throws {WixError} when Wix refuses the call or does not respond.
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
