import type { JsonObject } from "../http/json.ts";

/** Credentials and ids of a site, its one OAuth app and its owner. */
export interface Site {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly instanceId: string;
  readonly siteId: string;
  readonly ownerId: string;
  readonly apiKey: string;
  readonly name: string;
}

/** A site's business details, in the field names of the REST API. */
export type SiteProperties = Readonly<JsonObject>;

/** One account that a developer can log in with. */
export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  /** What makes the account worth trying, in a few words. */
  readonly note: string;
}
