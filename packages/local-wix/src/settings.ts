import type { Table } from "./state/state.ts";

/**
 * What happens to a refresh token when it is used. `off`: the answer repeats
 * it. `grace`: the answer has a new one and the old one keeps working.
 * `strict`: the answer has a new one and the old one is refused from then on.
 */
export type Rotation = "off" | "grace" | "strict";

/** What tests may change while local Wix runs. */
export interface SettingValues {
  /** Lifetime of the access tokens issued from now on, in seconds. */
  readonly accessTokenSeconds: number;
  readonly rotation: Rotation;
  /** How far Wix's clock is ahead of the right time, in seconds. */
  readonly clockOffsetSeconds: number;
  /** How long every API answer takes at least, in milliseconds. */
  readonly latencyMilliseconds: number;
  /** Requests that one caller may send in a minute; 0 means no limit. */
  readonly rateLimitPerMinute: number;
  /**
   * Origins, besides those of this machine, that pages may send people to and
   * that may call the APIs from a browser.
   */
  readonly allowedOrigins: readonly string[];
  /** The only redirect URIs of logins; none means every allowed URL. */
  readonly allowedRedirectUris: readonly string[];
}

type SettingValue = SettingValues[keyof SettingValues];

const MAX_OFFSET_SECONDS = 1_000_000_000;
/** The longest that an answer can be made to wait. */
export const MAX_LATENCY_MILLISECONDS = 600_000;

const RULES: Readonly<Record<string, (value: unknown) => boolean>> = {
  accessTokenSeconds: (value) => Number.isInteger(value) && Number(value) >= 0,
  rotation: (value) =>
    value === "off" || value === "grace" ||
    value === "strict",
  clockOffsetSeconds: (value) =>
    Number.isInteger(value) &&
    Math.abs(Number(value)) <= MAX_OFFSET_SECONDS,
  latencyMilliseconds: (value) =>
    Number.isInteger(value) && Number(value) >= 0 &&
    Number(value) <= MAX_LATENCY_MILLISECONDS,
  rateLimitPerMinute: (value) => Number.isInteger(value) && Number(value) >= 0,
  allowedOrigins: (value) =>
    isList(value, (item) => URL.parse(item)?.origin === item),
  allowedRedirectUris: (value) => isList(value, isHttpUrl),
};

function isHttpUrl(text: string): boolean {
  return ["http:", "https:"].includes(URL.parse(text)?.protocol ?? "");
}

function isList(value: unknown, fits: (item: string) => boolean): boolean {
  return Array.isArray(value) &&
    value.every((item) => typeof item === "string" && fits(item));
}

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(RULES);

/** The settings of this moment: `initial`, and what has been `changed`. */
export class Settings {
  readonly #initial: SettingValues;
  readonly #changed: Table<SettingValue>;
  #values: SettingValues;

  constructor(initial: SettingValues, changed: Table<SettingValue>) {
    assertSettings(initial);
    this.#initial = { ...initial };
    this.#changed = changed;
    this.#values = { ...initial, ...Object.fromEntries(changed) };
  }

  /** Lifetime of the access tokens issued from now on, in seconds. */
  get accessTokenSeconds(): number {
    return this.#values.accessTokenSeconds;
  }

  /** What happens to used refresh tokens. */
  get rotation(): Rotation {
    return this.#values.rotation;
  }

  /** How far Wix's clock is ahead of the right time, in seconds. */
  get clockOffsetSeconds(): number {
    return this.#values.clockOffsetSeconds;
  }

  /** How long every API answer takes at least, in milliseconds. */
  get latencyMilliseconds(): number {
    return this.#values.latencyMilliseconds;
  }

  /** Requests that one caller may send in a minute; 0 means no limit. */
  get rateLimitPerMinute(): number {
    return this.#values.rateLimitPerMinute;
  }

  /**
   * Origins, besides those of this machine, that pages may send people to and
   * that may call the APIs from a browser.
   */
  get allowedOrigins(): readonly string[] {
    return this.#values.allowedOrigins;
  }

  /** The only redirect URIs of logins; none means every allowed URL. */
  get allowedRedirectUris(): readonly string[] {
    return this.#values.allowedRedirectUris;
  }

  /** Takes over `changes`; throws a `RangeError` and changes nothing. */
  change(changes: Partial<SettingValues>): void {
    assertSettings(changes);
    this.#values = { ...this.#values, ...changes };
    for (const [name, value] of Object.entries(changes)) {
      this.#changed.set(name, value);
    }
  }

  /** Back to the values at the start. */
  reset(): void {
    this.#changed.clear();
    this.#values = this.#initial;
  }
}

/** Throws a `RangeError` that names what is no setting or out of range. */
export function assertSettings(
  sent: object,
): asserts sent is Partial<SettingValues> {
  for (const [name, value] of Object.entries(sent)) {
    if (Object.hasOwn(RULES, name) && RULES[name]?.(value)) continue;
    throw new RangeError(`Cannot set ${name} to ${JSON.stringify(value)}`);
  }
}
