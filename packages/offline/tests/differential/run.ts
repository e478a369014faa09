/**
 * Two builds, running, and requests to both.
 *
 * @module
 */
import { assert } from "@std/assert";
import { startLocalWix } from "@/packages/local-wix/src/server.ts";
import { localSettings, startApp } from "@/tests/helpers/app.ts";
import type { Browser } from "@/tests/helpers/browser.ts";
import { ANN, BEN, Site } from "@/tests/helpers/site.ts";
import { send, type WireResponse } from "@/tests/helpers/wire.ts";
import { compareReplies, type Difference } from "./compare.ts";
import { type Form, forms, links } from "./document.ts";
import { get, type Probe, type Role } from "./requests.ts";

const MAX_PAGES = 80;

/** Kinds of differences that no user of the app can notice, at such targets. */
const KNOWN = [{
  kind: /^(?:status \d+ \| 501$|header location$)/,
  target: /\?fresh-partial=/,
  reason: "the stubs have no partials, and no page here requests them",
}];

type Side = Awaited<ReturnType<typeof startSide>>;

/** Serves the build of a project before a local Wix of its own. */
export async function startSide(folder: string) {
  const root = folder.replace(/\/*$/, "/");
  // The same ids and dates on both sides.
  const deterministic = "differential run";
  const wix = await startLocalWix({ port: 0, log: () => {}, deterministic });
  const app = await startApp(localSettings(wix.origin), { project: { root } });
  const site = new Site(wix, app);
  const visitor = site.visitor();
  const { body } = await visitor.open("/islands");
  const [script = "/none"] = /\/assets\/[\w.~-]+\.js/.exec(body) ?? [];
  const cookies = (browser: Browser) =>
    browser.cookieHeader(new URL(app.origin));
  return {
    site,
    place: { app: app.origin, wix: wix.origin },
    /** Has another name in each build. */
    script,
    cookies: {
      guest: "",
      visitor: cookies(visitor),
      member: cookies(await site.member(ANN)),
      customer: cookies(await site.member(BEN)),
    },
  };
}

async function sendTo(
  { place: { app }, cookies, script }: Side,
  { role, ...probe }: Probe,
): Promise<WireResponse> {
  const own = (text: string) =>
    text.replaceAll("ORIGIN", app).replaceAll("/BUILT.js", script);
  const cookie = cookies[role];
  const headers = { ...(cookie !== "" && { cookie }), ...probe.headers };
  return await send(app, {
    ...probe,
    target: own(probe.target),
    headers: Object.entries(headers).map((header) => own(header.join(": "))),
  });
}

/** A kind of difference, with its first example; unknown without a reason. */
interface Finding {
  readonly kind: string;
  readonly reason: string | undefined;
  readonly probe: Probe;
  readonly difference: Difference;
  count: number;
}

/** Sends requests to both sides and collects in what the responses differ. */
export class Run {
  /** How many requests were sent to each side. */
  count = 0;
  readonly #findings = new Map<string, Finding>();

  constructor(readonly sides: readonly [Side, Side]) {}

  /** Returns what was found, the frequent first. */
  findings(): Finding[] {
    return [...this.#findings.values()].sort((a, b) => b.count - a.count);
  }

  /** Sends one request; returns the first side's response. */
  async compare(probe: Probe): Promise<WireResponse> {
    this.count++;
    const [first, second] = this.sides;
    const replies = this.sides.map((side) => sendTo(side, probe));
    const [one, other] = await Promise.all(replies);
    assert(one && other);
    const pair = [[one, first.place], [other, second.place]] as const;
    for (const difference of compareReplies(...pair)) {
      const { kind } = difference;
      const reason = KNOWN.find((known) =>
        known.kind.test(kind) && known.target.test(probe.target)
      )?.reason;
      const key = `${kind} ${reason}`;
      const finding = this.#findings.get(key) ??
        { kind, reason, count: 0, probe, difference };
      finding.count++;
      this.#findings.set(key, finding);
    }
    return one;
  }

  /** Opens `paths` and what they link to; returns the paths and the forms. */
  async crawl(role: Role, paths: readonly string[]) {
    const seen = new Set(paths);
    const found = new Map<string, Form>();
    for (const target of seen) {
      const { body } = await this.compare(get(target, {}, role));
      for (const form of forms(body, target)) {
        const [path] = form.action.split("?");
        found.set(`${path} ${[...form.data.keys()]}`, form);
      }
      // Files of a build have a name of their own in each.
      links(body).filter((link) => !/^\/assets\/|__frsh_c=/.test(link))
        .slice(0, MAX_PAGES - seen.size).forEach((link) => seen.add(link));
    }
    return { paths: [...seen], forms: [...found.values()] };
  }
}
