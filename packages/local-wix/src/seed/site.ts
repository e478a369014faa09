import { PEOPLE, type Person } from "./people.ts";

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

/** The demo site. */
export const SITE: Site = {
  clientId: "00000000-0000-4000-8000-000000000001",
  clientSecret: "local-wix-client-secret-known-to-everybody",
  instanceId: "00000000-0000-4000-8000-000000000002",
  siteId: "00000000-0000-4000-8000-000000000003",
  ownerId: "00000000-0000-4000-8000-000000000004",
  apiKey: "local-wix-api-key",
  name: "Juniper & Sons (demo)",
};

/** One account that a developer can log in with. */
export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  /** What makes the account worth trying, in a few words. */
  readonly note: string;
}

/** The accounts of the demo site; the login page offers the first one. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = accountsOf(PEOPLE);

/** The accounts of `people`. */
export function accountsOf(people: readonly Person[]): DemoAccount[] {
  return people.map(({ email, firstName, lastName, note }) => ({
    email,
    name: `${firstName} ${lastName}`,
    note,
  }));
}
