import { Counters } from "./counters.ts";
import { Faults } from "./faults/faults.ts";
import {
  AuthorizationCodes,
  type IssuedCode,
} from "./oauth/authorization_codes.ts";
import { Tokens } from "./oauth/tokens.ts";
import { requestId } from "./http/reply.ts";
import { RateLimit } from "./http/rate_limit.ts";
import {
  type RedirectSession,
  RedirectSessions,
} from "./redirects/redirect_sessions.ts";
import { type Rotation, Settings } from "./settings.ts";
import { type NewId, randomId, seededIds } from "./new_id.ts";
import { PEOPLE } from "./seed/people.ts";
import { demoSeed, type Seed } from "./seed/seed.ts";
import { accountsOf, type DemoAccount, type Site } from "./seed/site.ts";
import { State, type StateFile } from "./state/state.ts";
import { Sessions } from "./identity/sessions.ts";
import { isConsolePath } from "./paths.ts";
import { RecentRequests } from "./recent_requests.ts";
import { Store } from "./store.ts";

/** Logins and codes that nobody finishes must not pile up. */
const MAX_PENDING = 10_000;
const CONSOLE_IDS = 900_000_000_000_000;
const DEFAULT_ACCESS_TOKEN_SECONDS = 14_400;
/** A little after the newest date of the demo data. */
const STANDING_TIME = Date.parse("2026-11-22T12:00:00.000Z");

/** What can be chosen when local Wix starts. */
export interface BackendOptions {
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
  /** How many members the demo site has, 1 to 60. Default: 12. */
  readonly memberCount?: number;
  /** The site, instead of the demo site. */
  readonly seed?: Seed;
  /** What has been kept from an earlier run, and keeps what happens now. */
  readonly stateFile?: StateFile;
  /**
   * Makes answers repeatable: ids follow from this text, and the clock stands
   * still until it is moved. Default: ids and clock are real.
   */
  readonly deterministic?: string;
  /** How long every API answer takes at least. Default: 0. */
  readonly latencyMilliseconds?: number;
  /** Lifetime of new access tokens. Default: 14400, as at Wix. */
  readonly accessTokenSeconds?: number;
  /** What happens to used refresh tokens. Default: "grace". */
  readonly rotation?: Rotation;
  /**
   * Origins, besides those of this machine, to which hosted pages may send
   * the browser back, and which may call the APIs from a browser. Default: none.
   */
  readonly allowedOrigins?: readonly string[];
  /** The only redirect URIs of logins. Default: every allowed URL. */
  readonly allowedRedirectUris?: readonly string[];
  /** Requests that one caller may send in a minute. Default: no limit. */
  readonly rateLimitPerMinute?: number;
  /** Takes one line per request, never with a token. Default: silent. */
  readonly log?: (line: string) => void;
}

/** Everything a running local Wix knows. Handlers get it with each call. */
export class Backend {
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly newId: NewId;
  readonly site: Site;
  /** The accounts of the seed, with what makes each worth trying. */
  readonly accounts: readonly DemoAccount[];
  readonly state: State;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly codes: AuthorizationCodes;
  readonly redirectSessions: RedirectSessions;
  readonly rateLimit: RateLimit;
  readonly counters: Counters;
  readonly sessions = new Sessions();
  readonly recentRequests = new RecentRequests();
  readonly faults: Faults;
  readonly settings: Settings;
  /** Closes connections that carry no request. The server puts it in. */
  dropIdleConnections: () => void = () => {};
  #dated = { second: NaN, text: "" };
  #answers = 0;
  #consoleAnswers = 0;
  readonly #closing = new AbortController();

  constructor(options: BackendOptions, routeNames: readonly string[]) {
    const { memberCount = PEOPLE.length, deterministic } = options;
    if (!Number.isInteger(memberCount) || memberCount < 1 || memberCount > 60) {
      throw new RangeError("Cannot seed members: memberCount must be 1 to 60");
    }
    const seed = options.seed ?? demoSeed(memberCount);
    const state = this.state = new State(options.stateFile);
    this.store = new Store(seed, state);
    this.site = seed.site;
    this.accounts = accountsOf(seed.people);
    this.settings = new Settings({
      accessTokenSeconds: options.accessTokenSeconds ??
        DEFAULT_ACCESS_TOKEN_SECONDS,
      rotation: options.rotation ?? "grace",
      clockOffsetSeconds: 0,
      latencyMilliseconds: options.latencyMilliseconds ?? 0,
      rateLimitPerMinute: options.rateLimitPerMinute ?? 0,
      allowedOrigins: options.allowedOrigins ?? [],
      allowedRedirectUris: options.allowedRedirectUris ?? [],
    }, state.table("settings"));
    const isDeterministic = deterministic !== undefined;
    const rightTime = options.now ??
      (isDeterministic ? () => STANDING_TIME : Date.now);
    const newId = isDeterministic
      ? seededIds(
        options.stateFile ? runOf(deterministic, state) : deterministic,
      )
      : randomId;
    this.newId = newId;
    this.now = () => rightTime() + this.settings.clockOffsetSeconds * 1000;
    this.log = options.log ?? (() => {});
    const { now, site } = this;
    const revocations = state.table<number>("revocations");
    const { sessions } = this;
    this.tokens = new Tokens({ site, now, newId, sessions, revocations });
    const codes = state.table<IssuedCode>("codes", MAX_PENDING);
    this.codes = new AuthorizationCodes({ now, newId, codes });
    const redirectSessions = state.table<RedirectSession>(
      "redirect sessions",
      MAX_PENDING,
    );
    this.redirectSessions = new RedirectSessions({
      now,
      newId,
      sessions: redirectSessions,
    });
    this.rateLimit = new RateLimit({
      now,
      perMinute: () => this.settings.rateLimitPerMinute,
    });
    this.counters = new Counters(routeNames);
    this.faults = new Faults(routeNames);
  }

  /** Wix's clock as the `Date` header has it. */
  get httpDate(): string {
    const second = Math.floor(this.now() / 1000);
    if (second !== this.#dated.second) {
      this.#dated = { second, text: new Date(second * 1000).toUTCString() };
    }
    return this.#dated.text;
  }

  /** An id for the next answer, to a request for `pathname`. */
  nextRequestId(pathname: string): string {
    // Looking at the console must not shift the ids of a repeatable run.
    const number = isConsolePath(pathname)
      ? CONSOLE_IDS + ++this.#consoleAnswers
      : ++this.#answers;
    return requestId(this.now(), number);
  }

  /** Aborted when the server closes, so that hanging answers end. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Ends hanging answers. */
  close(): void {
    this.#closing.abort();
  }

  /** Back to the state right after start. Tokens issued so far stay valid. */
  reset(): void {
    this.settings.reset();
    this.store.reset();
    this.tokens.reset();
    this.codes.reset();
    this.redirectSessions.reset();
    this.rateLimit.reset();
    this.counters.reset();
    this.sessions.reset();
    this.recentRequests.reset();
    this.faults.clear();
  }
}

/** What seeds the ids of this run: those of earlier runs must not come again. */
function runOf(text: string, state: State): string {
  const runs = state.table<true>("runs");
  const number = runs.size + 1;
  runs.set(String(number), true);
  return number === 1 ? text : `${text} ${number}`;
}
