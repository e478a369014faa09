import * as v from "valibot";
import { isHttpUrl, parseUrl } from "./http/origins.ts";
import type { Schema } from "./http/validate.ts";
import type { Table } from "./state/tables.ts";

/**
 * What happens to a refresh token when it is used. `off`: the response contains
 * the same one. `grace`: a new one, and the old one still works. `strict`: a
 * new one, and the old one is refused from then on.
 */
export type Rotation = "off" | "grace" | "strict";

/**
 * The site's catalog version. `provisioning` is a new site with version 3 whose
 * shop is not ready yet.
 */
export type CatalogVersion = "v1" | "v3" | "provisioning";

/** Settings that tests can change while local Wix runs. */
export interface SettingValues {
  /** The site's catalog. Default: "v3", as for new sites at Wix. */
  readonly catalog: CatalogVersion;
  /** The current cart after its order. Default: "gone". */
  readonly orderedCart: "gone" | "kept";
  /** Whether lines of Cart V2 have a picture. Default: false, as seen at Wix. */
  readonly lineImages: boolean;
  /** Lifetime of new access tokens, in seconds. Default: 14400, as at Wix. */
  readonly accessTokenSeconds: number;
  /** What happens to used refresh tokens. Default: "grace". */
  readonly rotation: Rotation;
  /** How far Wix's clock is ahead of the real time, in seconds. Default: 0. */
  readonly clockOffsetSeconds: number;
  /** Minimum duration of every API response, in milliseconds. Default: 0. */
  readonly latencyMilliseconds: number;
  /** Requests per caller and minute. Default: 0, no limit. */
  readonly rateLimitPerMinute: number;
  /**
   * Origins, besides those of this machine, that hosted pages may redirect to
   * and that may call the APIs from a browser. Default: none.
   */
  readonly allowedOrigins: readonly string[];
  /** The only redirect URIs for logins. Default: every allowed URL. */
  readonly allowedRedirectUris: readonly string[];
  /** URLs that webhooks are sent to. Default: none. */
  readonly webhookUrls: readonly string[];
  /**
   * Delays, in milliseconds, before an unacknowledged event is resent. Default:
   * 1 s, 5 s, 30 s and 2 minutes.
   */
  readonly webhookRetryMilliseconds: readonly number[];
  /** How many times each event is sent. Default: 1. */
  readonly webhookCopies: number;
  /** Whether the events of one call are sent in reverse order. Default: false. */
  readonly webhooksReversed: boolean;
}

/** The longest latency. */
export const MAX_LATENCY_MILLISECONDS = 600_000;

const DEFAULTS: SettingValues = {
  catalog: "v3",
  orderedCart: "gone",
  lineImages: false,
  accessTokenSeconds: 14_400,
  rotation: "grace",
  clockOffsetSeconds: 0,
  latencyMilliseconds: 0,
  rateLimitPerMinute: 0,
  allowedOrigins: [],
  allowedRedirectUris: [],
  webhookUrls: [],
  webhookRetryMilliseconds: [1_000, 5_000, 30_000, 120_000],
  webhookCopies: 1,
  webhooksReversed: false,
};

function wholeNumber(min: number, max: number): Schema<number> {
  return v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
}

function texts(fits: (text: string) => boolean): Schema<string[]> {
  return v.array(v.pipe(v.string(), v.check(fits)));
}

const RULES: { readonly [Name in keyof SettingValues]: Schema<unknown> } = {
  catalog: v.picklist(["v1", "v3", "provisioning"]),
  orderedCart: v.picklist(["gone", "kept"]),
  lineImages: v.boolean(),
  accessTokenSeconds: wholeNumber(0, Infinity),
  rotation: v.picklist(["off", "grace", "strict"]),
  clockOffsetSeconds: wholeNumber(-1e9, 1e9),
  latencyMilliseconds: wholeNumber(0, MAX_LATENCY_MILLISECONDS),
  rateLimitPerMinute: wholeNumber(0, Infinity),
  allowedOrigins: texts((text) => parseUrl(text)?.origin === text),
  allowedRedirectUris: texts(isHttpUrl),
  webhookUrls: texts(isHttpUrl),
  webhookRetryMilliseconds: v.array(wholeNumber(0, 86_400_000)),
  webhookCopies: wholeNumber(1, 10),
  webhooksReversed: v.boolean(),
};

/** The names of all settings. */
export const SETTING_NAMES: readonly (keyof SettingValues)[] = Object.keys(
  RULES,
) as (keyof SettingValues)[];

/** The settings at this moment: the initial ones, and what has been changed. */
export class Settings {
  readonly #initial: SettingValues;
  readonly #changed: Table<unknown>;
  /** The value of each setting. */
  values: SettingValues;

  /** Throws a `RangeError` when an initial setting is out of range. */
  constructor(initial: Partial<SettingValues>, changed: Table<unknown>) {
    const given = Object.fromEntries(
      SETTING_NAMES.flatMap((name) =>
        initial[name] === undefined ? [] : [[name, initial[name]]]
      ),
    );
    assertSettings(given);
    this.#initial = { ...DEFAULTS, ...given };
    this.#changed = changed;
    this.values = { ...this.#initial, ...Object.fromEntries(changed) };
  }

  /** Applies `changes`; throws a `RangeError` and changes nothing. */
  change(changes: object): void {
    assertSettings(changes);
    this.values = { ...this.values, ...changes };
    for (const [name, value] of Object.entries(changes)) {
      this.#changed.set(name, value);
    }
  }

  /** Back to the initial values. */
  reset(): void {
    this.#changed.clear();
    this.values = this.#initial;
  }
}

function assertSettings(
  sent: object,
): asserts sent is Partial<SettingValues> {
  for (const [name, value] of Object.entries(sent)) {
    const rule = SETTING_NAMES.find((known) => known === name);
    if (rule && v.is(RULES[rule], value)) continue;
    throw new RangeError(`Cannot set ${name} to ${JSON.stringify(value)}`);
  }
}
