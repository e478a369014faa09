import { isConsolePath } from "./http/request.ts";
import { Counters, RecentRequests } from "./console/activity.ts";
import { Faults } from "./faults/faults.ts";
import { requestId } from "./http/response.ts";
import { RateLimit } from "./identity/rate_limit.ts";
import { Sessions } from "./identity/sessions.ts";
import { type NewId, randomId, seededIds } from "./ids.ts";
import type { IssuedCode } from "./oauth/authorization_codes.ts";
import { Tokens } from "./oauth/tokens.ts";
import type { RedirectSession } from "./pages/redirect_sessions.ts";
import { accountsOf, demoSeed, type Seed } from "./seed/seed.ts";
import { Settings, type SettingValues } from "./settings.ts";
import type { DemoAccount, Site } from "./site/site.ts";
import { State, type StateFile, type Table } from "./state/tables.ts";
import { Store } from "./store.ts";
import { Webhooks } from "./webhooks/webhooks.ts";

/** Limits unfinished logins and codes. */
const MAX_PENDING = 10_000;
const CONSOLE_IDS = 900_000_000_000_000;
/** A little after the newest date of the demo data. */
const STANDING_TIME = Date.parse("2026-11-22T12:00:00.000Z");

/** Options of local Wix at start; settings can be changed later. */
export interface BackendOptions
  extends Partial<Omit<SettingValues, "clockOffsetSeconds">> {
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
  /** Number of members of the demo site, 1 to 60. Default: 12. */
  readonly memberCount?: number;
  /** The site, instead of the demo site. */
  readonly seed?: Seed;
  /** Keeps the state over restarts. */
  readonly stateFile?: StateFile;
  /**
   * Makes responses reproducible: ids are derived from this text, and the clock
   * is stopped until it is moved. Default: random ids and the real clock.
   */
  readonly deterministic?: string;
  /** Receives one line per request, never with a token. Default: silent. */
  readonly log?: (line: string) => void;
}

/** The state of a running local Wix. Handlers get it with each call. */
export class Backend {
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly newId: NewId;
  readonly site: Site;
  /** The accounts of the seed, with a note on each. */
  readonly accounts: readonly DemoAccount[];
  readonly state: State;
  readonly store: Store;
  readonly settings: Settings;
  readonly tokens: Tokens;
  readonly codes: Table<IssuedCode>;
  readonly redirectSessions: Table<RedirectSession>;
  readonly rateLimit: RateLimit = new RateLimit();
  readonly sessions: Sessions = new Sessions();
  readonly recentRequests: RecentRequests = new RecentRequests();
  readonly counters: Counters;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  /** Closes connections that carry no request. Set by the server. */
  dropIdleConnections: () => void = () => {};
  readonly #revocations: Table<number>;
  readonly #closing = new AbortController();
  #responses = 0;
  #consoleResponses = 0;

  constructor(options: BackendOptions, routeNames: readonly string[]) {
    const { deterministic, log = () => {} } = options;
    const seed = demoSeed(options.memberCount);
    const { site, people, webhookUrls } = options.seed ?? seed;
    const state = this.state = new State(options.stateFile);
    this.store = new Store(options.seed ?? seed, state);
    this.site = site;
    this.accounts = accountsOf(people);
    const settings = this.settings = new Settings(
      { ...(webhookUrls && { webhookUrls }), ...options },
      state.table("settings"),
    );
    const realTime = options.now ??
      (deterministic === undefined ? Date.now : () => STANDING_TIME);
    const now = this.now = () =>
      realTime() + settings.values.clockOffsetSeconds * 1000;
    const newId = this.newId = deterministic === undefined
      ? randomId
      : seededIds(
        options.stateFile ? runOf(deterministic, state) : deterministic,
      );
    this.log = log;
    const revocations = this.#revocations = state.table("revocations");
    const { sessions } = this;
    this.tokens = new Tokens({ site, now, newId, sessions, revocations });
    this.codes = state.table("codes", MAX_PENDING);
    this.redirectSessions = state.table("redirect sessions", MAX_PENDING);
    this.counters = new Counters(routeNames);
    this.faults = new Faults(routeNames);
    const { closing } = this;
    this.webhooks = new Webhooks({
      settings,
      closing,
      now: () => Date.now() + settings.values.clockOffsetSeconds * 1000,
    });
  }

  /** Wix's clock as an ISO date. */
  get isoNow(): string {
    return new Date(this.now()).toISOString();
  }

  /** An id for the next response, to a request for `pathname`. */
  nextRequestId(pathname: string): string {
    // Looking at the console must not shift the ids of a repeatable run.
    const number = isConsolePath(pathname)
      ? CONSOLE_IDS + ++this.#consoleResponses
      : ++this.#responses;
    return requestId(this.now(), number);
  }

  /** Aborted when the server closes, so that pending responses end. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Ends pending responses. */
  close(): void {
    this.#closing.abort();
  }

  /** Restores the state right after the start. Tokens issued so far stay valid. */
  reset(): void {
    this.settings.reset();
    this.store.reset();
    this.#revocations.clear();
    this.codes.clear();
    this.redirectSessions.clear();
    this.rateLimit.reset();
    this.counters.reset();
    this.sessions.reset();
    this.recentRequests.reset();
    this.faults.clear();
    this.webhooks.reset();
  }
}

/** Seeds the ids of this run: those of earlier runs must not be repeated. */
function runOf(text: string, state: State): string {
  const runs = state.table<true>("runs");
  const number = runs.size + 1;
  runs.set(String(number), true);
  return number === 1 ? text : `${text} ${number}`;
}
