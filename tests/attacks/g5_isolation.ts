import { members } from "@wix/members";
import { peopleUpTo } from "@/packages/local-wix/src/mod.ts";
import { seedMembers } from "@/packages/local-wix/src/seed/members.ts";
import { seedOrders } from "@/packages/local-wix/src/seed/orders.ts";
import { RequestSession } from "@/packages/fresh-wix/src/session/request_session.ts";
import {
  bindSession,
  runUnauthenticated,
} from "@/packages/fresh-wix/src/wix/request_context.ts";
import { installSdkClients } from "@/packages/fresh-wix/src/wix/sdk_clients.ts";
import { startSite } from "../helpers/site.ts";
import { type Report, seededRandom, type Suite } from "./suite.ts";

const IDENTITIES = 500;
const REQUESTS = 10_000;
const AT_ONCE = 200;
const PEOPLE_ON_SOCKET = 40;
const REQUESTS_ON_SOCKET = 1_000;

/** Interleaved requests of many people, in one process and over a socket. */
export const suite: Suite = {
  goal: "G5",
  title: "interleaved requests never see another's identity",
  async run(report) {
    await inProcess(report);
    await overSocket(report);
  },
};

/** I6, I9: SDK calls between random pauses, failures and aborts. */
async function inProcess(report: Report): Promise<void> {
  const random = seededRandom(5);
  const pause = () => {
    const ticks = Math.floor(random() * 4);
    return (async () => {
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      if (random() < 0.1) await new Promise((go) => setTimeout(go, 0));
    })();
  };
  installSdkClients({
    elevated: undefined,
    appTokens: {
      accessToken: () => Promise.reject(new Error("nothing is elevated")),
      refresh: () => Promise.reject(new Error("nothing is elevated")),
    },
    async wixFetch(_input, init) {
      const headers = new Headers(init?.headers);
      const token = headers.get("authorization");
      const consistent = headers.get("x-wix-consistent");
      await pause();
      if (random() < 0.05) return Response.json({}, { status: 500 });
      return Response.json({ member: { id: token, slug: consistent } }, {
        headers: { "x-wix-consistent": `of ${token}` },
      });
    },
  });

  const request = async (index: number) => {
    const name = `person-${index % IDENTITIES}`;
    await runUnauthenticated(async () => {
      await pause();
      bindSession(sessionOf(name));
      for (let call = 0; call < 3; call++) {
        await pause();
        const seen = await members.getCurrentMember().catch(() => undefined);
        if (seen === undefined) continue;
        const { _id, slug } = { slug: null, ...seen.member };
        const foreign = _id !== name ||
          slug !== null && slug !== `of ${name}`;
        report.case(
          "I6 in process",
          foreign ? `${name} saw ${_id} and ${slug}` : undefined,
        );
      }
    });
  };
  for (let start = 0; start < REQUESTS; start += AT_ONCE) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => request(start + index)),
    );
  }
}

function sessionOf(name: string): RequestSession {
  return new RequestSession({
    kind: "member",
    id: name,
    tokens: { accessToken: name, refreshToken: name, expiresAt: 2_000_000_000 },
    startedAt: 1,
    member: undefined,
  }, {
    now: () => 1_800_000_000,
    jitter: () => 0,
    tokenEndpoint: {
      anonymous: () => Promise.reject(new Error("nobody is a visitor")),
      refresh: () => Promise.reject(new Error("nothing expires")),
    },
  });
}

/** The same against the built server, with people who leave half-way. */
async function overSocket(report: Report): Promise<void> {
  await using site = await startSite({ memberCount: PEOPLE_ON_SOCKET });
  const orders = seedOrders(peopleUpTo(PEOPLE_ON_SOCKET));
  const people = await Promise.all(
    seedMembers(peopleUpTo(PEOPLE_ON_SOCKET)).map(async (
      { id, loginEmail },
    ) => ({
      id,
      email: loginEmail,
      orderIds: orders.filter(({ buyerInfo }) => buyerInfo.memberId === id)
        .map((order) => order.id),
      browser: await site.member(loginEmail),
    })),
  );
  const marks = people.map(({ id, email, orderIds }) => [
    id,
    email,
    ...orderIds,
  ]);
  const random = seededRandom(55);
  const paths = ["/api/session", "/account", "/account/orders", "/api/orders"];
  const request = async () => {
    const who = Math.floor(random() * people.length);
    const path = paths[Math.floor(random() * paths.length)] ?? "/";
    const leaves = random() < 0.1;
    const cookie = people[who]?.browser.cookieHeader(new URL(site.app.origin));
    const response = await fetch(site.app.origin + path, {
      headers: { cookie: cookie ?? "" },
      ...(leaves && { signal: AbortSignal.timeout(1) }),
    }).then((answer) => answer.text()).catch(() => undefined);
    if (response === undefined) return;
    const foreign = marks.some((ids, index) =>
      index !== who && ids.some((mark) => response.includes(mark))
    );
    report.case(
      "I6 over the socket",
      foreign ? `${path} showed another's data` : undefined,
    );
  };
  for (let start = 0; start < REQUESTS_ON_SOCKET; start += 50) {
    await Promise.all(Array.from({ length: 50 }, request));
  }
}
