/**
 * Local Wix: an emulator of Wix's headless APIs and hosted pages, for
 * development and tests. It needs no Wix account.
 *
 * @example
 * ```ts
 * import { startLocalWix } from "@fresh-wix/local-wix";
 *
 * await using wix = await startLocalWix({ port: 0 });
 * wix.controls.failNext("refresh_token", { status: 429 });
 * console.log(wix.origin);
 * ```
 *
 * @module
 */
export type { CounterSnapshot } from "./console/activity.ts";
export type { Controls } from "./console/controls.ts";
export type { Fault, FaultKind } from "./faults/faults.ts";
export { guid, type GuidKind } from "./ids.ts";
export type { Member } from "./members/member.ts";
export { EVENT_TYPES, type EventType } from "./webhooks/events.ts";
export { WEBHOOK_PUBLIC_KEY } from "./webhooks/signing.ts";
export { SEED_BADGES } from "./seed/content.ts";
export {
  PEOPLE,
  peopleUpTo,
  type Person,
  type PlannedOrder,
} from "./seed/people.ts";
export { loadSeed } from "./seed/load_seed.ts";
export { readSeed } from "./seed/read_seed.ts";
export type {
  SeedCategory,
  SeedChoice,
  SeedCollection,
  SeedCoupon,
  SeedFile,
  SeedMember,
  SeedOrder,
  SeedPage,
  SeedProduct,
  SeedSeo,
  SeedTranslations,
} from "./seed/seed_file.ts";
export { SITE } from "./seed/demo_site.ts";
export { DEMO_ACCOUNTS, demoSeed, type Seed } from "./seed/seed.ts";
export {
  DEFAULT_PORT,
  type LocalWix,
  type LocalWixOptions,
  startLocalWix,
} from "./server.ts";
export type { CatalogVersion, Rotation, SettingValues } from "./settings.ts";
export type { DemoAccount, Site } from "./site/site.ts";
