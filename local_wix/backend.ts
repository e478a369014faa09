import { Counters } from "./counters.ts";
import { Faults } from "./faults/faults.ts";
import { AuthorizationCodes } from "./oauth/authorization_codes.ts";
import { Tokens } from "./oauth/tokens.ts";
import { RedirectSessions } from "./redirects/redirect_sessions.ts";
import { type Rotation, Settings } from "./settings.ts";
import { Store } from "./store.ts";

const DEFAULT_MEMBER_COUNT = 12;
const DEFAULT_ACCESS_TOKEN_SECONDS = 14_400;

/** What can be chosen when local Wix starts. */
export interface BackendOptions {
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
  /** How many members the site has, 1 to 60. Default: 12. */
  readonly memberCount?: number;
  /** Lifetime of new access tokens. Default: 14400, as at Wix. */
  readonly accessTokenSeconds?: number;
  /** What happens to used refresh tokens. Default: "grace". */
  readonly rotation?: Rotation;
  /**
   * Origins, besides those of this machine, to which hosted pages may send
   * the browser back. Default: none.
   */
  readonly allowedOrigins?: readonly string[];
  /** Takes one line per request, never with a token. Default: silent. */
  readonly log?: (line: string) => void;
}

/** Everything a running local Wix knows. Handlers get it with each call. */
export class Backend {
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly allowedOrigins: readonly string[];
  readonly store: Store;
  readonly tokens: Tokens;
  readonly codes: AuthorizationCodes;
  readonly redirectSessions = new RedirectSessions();
  readonly counters: Counters;
  readonly faults: Faults;
  readonly settings: Settings;
  /** Closes connections that carry no request. The server puts it in. */
  dropIdleConnections: () => void = () => {};
  readonly #closing = new AbortController();

  constructor(options: BackendOptions, routeNames: readonly string[]) {
    const { memberCount = DEFAULT_MEMBER_COUNT } = options;
    if (!Number.isInteger(memberCount) || memberCount < 1 || memberCount > 60) {
      throw new RangeError("Cannot seed members: memberCount must be 1 to 60");
    }
    this.settings = new Settings({
      accessTokenSeconds: options.accessTokenSeconds ??
        DEFAULT_ACCESS_TOKEN_SECONDS,
      rotation: options.rotation ?? "grace",
      clockOffsetSeconds: 0,
    });
    const rightTime = options.now ?? Date.now;
    this.now = () => rightTime() + this.settings.clockOffsetSeconds * 1000;
    this.log = options.log ?? (() => {});
    this.allowedOrigins = options.allowedOrigins ?? [];
    this.store = new Store(memberCount);
    this.tokens = new Tokens(this.now);
    this.codes = new AuthorizationCodes(this.now);
    this.counters = new Counters(routeNames);
    this.faults = new Faults(routeNames);
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
    this.counters.reset();
    this.faults.clear();
  }
}
