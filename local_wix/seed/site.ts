import { PEOPLE } from "./people.ts";

/** Credentials and ids of the one site that local Wix has. */
export const SITE = {
  clientId: "00000000-0000-4000-8000-000000000001",
  clientSecret: "local-wix-client-secret-known-to-everybody",
  instanceId: "00000000-0000-4000-8000-000000000002",
  siteId: "00000000-0000-4000-8000-000000000003",
  ownerId: "00000000-0000-4000-8000-000000000004",
  apiKey: "local-wix-api-key",
  name: "Juniper & Sons (demo)",
} as const;

/** One account that a developer can log in with. */
export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  /** What makes the account worth trying, in a few words. */
  readonly note: string;
}

/** The accounts of the demo site; the login page offers the first one. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = PEOPLE.map(
  ({ email, firstName, lastName, note }) => ({
    email,
    name: `${firstName} ${lastName}`,
    note,
  }),
);
