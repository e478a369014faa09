import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type CookieJar, createCookieJar } from "../src/http/cookies.ts";
import type { RequestSession } from "../src/session/request_session.ts";
import { WixError } from "../src/wix/wix_error.ts";
import * as sessions from "../tests/helpers/sessions.ts";
import { WireJar } from "@/tests/helpers/wire.ts";
import { test, tryGenerated } from "./helpers/attack.ts";

/** What a request does: a user's name logs that user in. */
const DEEDS = ["Ann", "Ben", "Chiara", "log out", "page", "refresh", "end"];

/** A request whose response arrives at once or later, or such an arrival. */
const EVENT = fc.oneof(
  fc.record({ deed: fc.constantFrom(...DEEDS), late: fc.boolean() }),
  // Of the responses under way the oldest, or the newest.
  fc.record({ arrives: fc.constantFrom(0, -1) }),
);

/** A browser, the app, and what is under way between them. */
class Story {
  readonly #store = sessions.newStore();
  readonly #cookies = new WireJar();
  /** `user` is whom a login or a logout makes the browser. */
  readonly #underWay: { headers: Headers; user: string | undefined }[] = [];
  /** Whom the last login or logout that arrived made the browser. */
  expected = "visitor";
  /** The server has ended their session; the browser may not know yet. */
  mayBeVisitor = false;

  async request(deed: string, late: boolean): Promise<void> {
    const jar = this.#jar();
    const opened = await this.#store.open(jar, sessions.NOW);
    const error = { status: 400, code: "invalid_grant", description: "" };
    const revoked = () => Promise.reject(new WixError(error));
    const endpoint = deed === "end" ? { refresh: revoked } : {};
    const { session } = sessions.requestWith(opened.session, endpoint);
    const user = await act(deed, session);
    await this.#store.save(jar, opened, session, sessions.NOW);
    const isOver = deed === "end" || deed === "log out";
    const ended = isOver ? nameIn(opened.session) : undefined;
    if (ended === this.expected) this.mayBeVisitor = true;
    this.#underWay.push({ headers: jar.outgoing, user });
    if (!late) this.arrive(-1);
  }

  arrive(which: number): void {
    const [response] = this.#underWay.splice(which, 1);
    if (response === undefined) return;
    this.#cookies.keep(response);
    if (response.user === undefined) return;
    this.expected = response.user;
    this.mayBeVisitor = false;
  }

  arriveAll(): void {
    while (this.#underWay.length > 0) this.arrive(0);
  }

  async assertUser(): Promise<void> {
    const { session } = await this.#store.open(this.#jar(), sessions.NOW);
    const user = nameIn(session) ?? "visitor";
    if (this.mayBeVisitor && user === "visitor") return;
    assertEquals(user, this.expected);
  }

  #jar(): CookieJar {
    return createCookieJar(Object.fromEntries(this.#cookies));
  }
}

const nameIn = (session: RequestSession["current"]) =>
  session?.kind === "member" ? session.member?.name : undefined;

/** Returns whom a login or logout makes the browser. */
async function act(deed: string, session: RequestSession) {
  if (deed === "page") return;
  if (deed === "refresh" || deed === "end") {
    await session.refresh(await session.accessToken()).catch(() => {});
    return;
  }
  if (deed === "log out") {
    session.logOut();
    return "visitor";
  }
  session.logIn(sessions.newTokens());
  session.setMember({ id: deed, name: deed });
  return deed;
}

test("N1 I4 I5: the last login or logout decides the user, whatever arrives late", async () => {
  const events = fc.array(EVENT, { maxLength: 14 });
  await tryGenerated(10_000, events, async (events) => {
    const story = new Story();
    for (const event of events) {
      if ("arrives" in event) story.arrive(event.arrives);
      else await story.request(event.deed, event.late);
      await story.assertUser();
    }
    story.arriveAll();
    await story.assertUser();
  });
});
