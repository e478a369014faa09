import { PEOPLE, peopleUpTo, type Person } from "./people.ts";
import { SITE, type Site } from "./site.ts";
import { SITE_PROPERTIES, type SiteProperties } from "./site_properties.ts";

/** What local Wix starts with and goes back to. */
export interface Seed {
  readonly site: Site;
  readonly siteProperties: SiteProperties;
  /** The members, in the order of the login page, with their orders. */
  readonly people: readonly Person[];
}

/** The demo site with `memberCount` members; those with notes by default. */
export function demoSeed(memberCount = PEOPLE.length): Seed {
  return {
    site: SITE,
    siteProperties: SITE_PROPERTIES,
    people: peopleUpTo(memberCount),
  };
}
