/** The connections to identity providers that every Wix site has. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["0e6a50f5-b523-4e29-990d-f37fa2ffdd69", "Google"],
  ["3ecad13f-52c3-483d-911f-31dbcf2a6d23", "Facebook"],
]);

/**
 * The name of the identity provider behind a connection id.
 *
 * UNDOCUMENTED: the page for a connection that the site does not have. Here it
 * is a login page all the same, which shows the id.
 */
export function providerName(idp: string): string {
  return PROVIDERS.get(idp) ?? `provider ${idp}`;
}
