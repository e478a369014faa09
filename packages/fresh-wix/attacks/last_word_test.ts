/**
 * A login or a logout has the last word: users of one browser log in over each
 * other and out, while responses of earlier requests are under way and arrive
 * whenever they like.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import fc from "fast-check";
import { RequestCookieJar } from "../src/http/cookies.ts";
import type { RequestSession } from "../src/session/request_session.ts";
import {
  newStore,
  newTokens,
  NOW,
  requestWith,
} from "../tests/helpers/sessions.ts";
import { test, tryGenerated } from "./helpers/attack.ts";
import { WixError } from "../src/wix/wix_error.ts";

const USERS = ["Ann", "Ben", "Chiara"] as const;
type User = typeof USERS[number];

/** What a request does, and when its response arrives: `late` is later. */
type Event =
  | { readonly do: "log in"; readonly user: User; readonly late: boolean }
  | { readonly do: "log out"; readonly late: boolean }
  | { readonly do: "page" | "refresh" | "end"; readonly late: boolean }
  /** The oldest, or the newest, response that is under way arrives. */
  | { readonly do: "arrive"; readonly which: 0 | -1 };

/** Sets and expires cookies; whom the browser is from then on, if it says so. */
interface Response {
  readonly cookies: Headers;
  readonly logsIn?: User | "visitor";
}

const late = fc.boolean();
const events = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("log in" as const),
      user: fc.constantFrom(...USERS),
      late,
    }),
    fc.record({ do: fc.constant("log out" as const), late }),
    fc.record({
      do: fc.constantFrom("page" as const, "refresh" as const, "end" as const),
      late,
    }),
    fc.record({
      do: fc.constant("arrive" as const),
      which: fc.constantFrom(0 as const, -1 as const),
    }),
  ),
  { maxLength: 14 },
);

/** A browser, the app, and what is under way between them. */
class Story {
  readonly #store = newStore();
  readonly #cookies = new Map<string, string>();
  readonly #underWay: Response[] = [];
  /** Whom the last login or logout that arrived made the browser. */
  expected: User | "visitor" = "visitor";
  /** The server has ended their session; the browser may not know yet. */
  mayBeVisitor = false;

  async tell(event: Event): Promise<void> {
    if (event.do === "arrive") {
      const [response] = this.#underWay.splice(event.which, 1);
      if (response !== undefined) this.#arrive(response);
      return;
    }
    const response = await this.#request(event);
    if (event.late) this.#underWay.push(response);
    else this.#arrive(response);
  }

  async userNow(): Promise<User | "visitor"> {
    const { session } = await this.#store.open(this.#jar(), NOW);
    const name = session?.kind === "member" && session.member?.name;
    return USERS.find((user) => user === name) ?? "visitor";
  }

  async arriveAll(): Promise<void> {
    while (this.#underWay.length > 0) {
      await this.tell({ do: "arrive", which: 0 });
    }
  }

  async #request(event: Exclude<Event, { do: "arrive" }>): Promise<Response> {
    const jar = this.#jar();
    const opened = await this.#store.open(jar, NOW);
    const revoked = () =>
      Promise.reject(
        new WixError({ status: 400, code: "invalid_grant", description: "" }),
      );
    const { session } = requestWith(
      opened.session,
      event.do === "end" ? { refresh: revoked } : {},
    );
    const logsIn = await this.#act(event, session);
    const user = opened.session?.kind === "member" &&
      opened.session.member?.name;
    const isOver = event.do === "end" || event.do === "log out";
    if (isOver && user === this.expected) this.mayBeVisitor = true;
    await this.#store.save(jar, opened, session, NOW);
    return {
      cookies: jar.outgoing,
      ...(logsIn !== undefined && { logsIn }),
    };
  }

  /** Returns whom a login or logout makes the browser. */
  async #act(
    event: Exclude<Event, { do: "arrive" }>,
    session: RequestSession,
  ): Promise<User | "visitor" | undefined> {
    switch (event.do) {
      case "log in":
        session.logIn(newTokens());
        session.setMember({ id: event.user, name: event.user });
        return event.user;
      case "log out":
        session.logOut();
        return "visitor";
      case "page":
        return;
      case "refresh":
      case "end": {
        const rejected = await session.accessToken();
        await session.refresh(rejected).catch(() => {});
      }
    }
  }

  #arrive({ cookies, logsIn }: Response): void {
    for (const { name, value } of getSetCookies(cookies)) {
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    if (logsIn !== undefined) {
      this.expected = logsIn;
      this.mayBeVisitor = false;
    }
  }

  #jar(): RequestCookieJar {
    return new RequestCookieJar(Object.fromEntries(this.#cookies));
  }
}

test("N1 I4 I5: the browser is whom the last login or logout made it, whatever arrives late", async () => {
  await tryGenerated(10_000, events, async (story) => {
    const told = new Story();
    for (const event of [...story, undefined]) {
      if (event === undefined) await told.arriveAll();
      else await told.tell(event);
      const user = await told.userNow();
      if (told.mayBeVisitor && user === "visitor") continue;
      assertEquals(user, told.expected);
    }
  });
});
