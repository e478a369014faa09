import { assert, assertEquals } from "@std/assert";
import { members } from "@wix/members";
import fc from "fast-check";
import { peopleUpTo } from "@/packages/local-wix/src/mod.ts";
import { seedMembers } from "@/packages/local-wix/src/seed/members.ts";
import { seedOrders } from "@/packages/local-wix/src/seed/orders.ts";
import {
  MEMBER,
  NO_APP_TOKENS,
  requestWith,
} from "../tests/helpers/sessions.ts";
import { bindSession, runUnauthenticated } from "../src/wix/request_context.ts";
import { installSdkClients } from "../src/wix/sdk_clients.ts";
import { list, tryEach, tryGenerated } from "./helpers/attack.ts";
import { testsOfApp } from "./helpers/attacked_app.ts";

const IDENTITIES = 500;
const PEOPLE = 40;
const test = testsOfApp({ memberCount: PEOPLE, recorded: false });

test("G5 I6 I9 I12: SDK calls of 500 users, with pauses and failures, never run as another user", async () => {
  let pauses: Iterator<number> = [].values();
  const pause = async () => {
    const { value = 0 } = pauses.next();
    for (let tick = 0; tick < value; tick++) await Promise.resolve();
    if (value === 9) await new Promise((go) => setTimeout(go, 0));
  };
  let calls = 0;
  let succeeded = 0;
  installSdkClients({
    elevated: undefined,
    appTokens: NO_APP_TOKENS,
    async wixFetch(_input, init) {
      const headers = new Headers(init?.headers);
      const id = headers.get("authorization");
      const contactId = headers.get("x-wix-consistent");
      await pause();
      if (calls++ % 20 === 0) return Response.json({}, { status: 500 });
      return Response.json({ member: { id, contactId } }, {
        headers: { "x-wix-consistent": `of ${id}` },
      });
    },
  });
  const visit = (name: string) =>
    runUnauthenticated(async () => {
      await pause();
      const tokens = { ...MEMBER.tokens, accessToken: name };
      bindSession(requestWith({ ...MEMBER, id: name, tokens }).session);
      for (let call = 0; call < 3; call++) {
        await pause();
        const seen = await members.getCurrentMember().catch(() => undefined);
        if (seen?.member === undefined) continue;
        succeeded++;
        const { _id, contactId } = seen.member;
        assertEquals([_id, contactId ?? `of ${name}`], [name, `of ${name}`]);
      }
    });
  const many = (count: number, max: number) =>
    fc.array(fc.nat(max), { minLength: count, maxLength: count });
  const crowd = fc.tuple(many(200, IDENTITIES - 1), many(2_000, 9));
  await tryGenerated(50, crowd, async ([people, waits]) => {
    pauses = waits.values();
    await Promise.all(people.map((index) => visit(`user-${index}`)));
  });
  assert(succeeded > calls / 2, `${succeeded} of ${calls} calls`);
});

test("G5 I6: pages of 40 members show no other member's data, also when some disconnect", async (attacked) => {
  const all = peopleUpTo(PEOPLE);
  const orders = Object.groupBy(
    seedOrders(all),
    ({ buyerInfo }) => buyerInfo.memberId ?? "",
  );
  const people = await Promise.all(
    seedMembers(all).map(async ({ id, loginEmail }) => ({
      cookie: (await attacked.member(loginEmail)).header(),
      profile: [id, loginEmail],
      orders: orders[id]?.map(({ id }) => id) ?? [],
    })),
  );
  const paths = list("/api/session /account /account/orders /api/orders");
  const visits = Array.from({ length: 1_000 }, (_, index) => {
    const [path, who] = [paths[index % 7 % 4], index % PEOPLE];
    return [`${path} of ${who}`, path, who, index % 11 === 0] as const;
  });
  await tryEach(visits, async ([, path, who, leaves]) => {
    const page = await fetch(`${attacked.origin}${path}`, {
      headers: { cookie: people[who]?.cookie ?? "" },
      ...(leaves && { signal: AbortSignal.timeout(1) }),
    }).then((response) => response.text()).catch(() => "");
    const isShown = (mark: string) => page.includes(mark);
    const shown = people.flatMap(({ profile, orders }, index) =>
      [...profile, ...orders].some(isShown) ? [index] : []
    );
    const own = people[who]?.[path?.endsWith("orders") ? "orders" : "profile"];
    const isComplete = !leaves || page !== "";
    assertEquals(shown, isComplete && own?.length ? [who] : []);
  }, { atOnce: 50 });
});
