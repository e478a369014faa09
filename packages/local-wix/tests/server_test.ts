import { networkInterfaces } from "node:os";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { startLocalWix } from "../src/mod.ts";
import {
  at,
  get,
  memberTokens,
  post,
  rawAnswer,
  textAt,
  visitorTokens,
} from "./helpers/http.ts";

Deno.test("what local Wix does not know is a 501 that names it", async () => {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  await using wix = await startLocalWix({ port: 0, log });
  const { status, body } = await get(wix, "/stores/v3/products/query?x=1");
  const description =
    "Local Wix does not answer GET /stores/v3/products/query yet";
  assertEquals(status, 501);
  assertEquals(body, {
    message: description,
    details: {
      applicationError: {
        code: "NOT_IMPLEMENTED_LOCALLY",
        description,
        data: { method: "GET", path: "/stores/v3/products/query" },
      },
    },
  });
  assert(lines.includes(description));
  assertEquals(wix.controls.counters.unanswered, 1);
});

Deno.test("a known path with another method is a 501 too", async () => {
  await using wix = await startLocalWix({ port: 0 });
  assertEquals((await get(wix, "/ecom/v1/orders/search/")).status, 501);
  assertEquals((await post(wix, "/members/v1/members/my")).status, 501);
});

Deno.test("every reply has a request id of its own", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const ids = [];
  for (const path of ["/_local/counters", "/members/v1/members/my", "/x"]) {
    const { headers } = await get(wix, path);
    ids.push(headers.get("x-wix-request-id"));
  }
  assertEquals(new Set(ids).size, 3);
  for (const id of ids) assertMatch(id ?? "", /^\d{10}\.\d{15}$/);
});

Deno.test("a body that is not a JSON object is a 400", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await visitorTokens(wix);
  for (const body of ["{", "[]", "1"]) {
    const response = await fetch(`${wix.origin}/members/v1/members/query`, {
      method: "POST",
      headers: { authorization },
      body,
    });
    assertEquals(response.status, 400);
    assertMatch(textAt(await response.json(), "message"), /INVALID/);
  }
});

Deno.test("the log has a line per request and never a token", async () => {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  await using wix = await startLocalWix({ port: 0, log });
  const { access, refresh } = await memberTokens(wix);
  await get(wix, `/members/v1/members/my?t=${access}`, {
    authorization: access,
  });
  assertMatch(
    lines.at(-1) ?? "",
    /^GET \/members\/v1\/members\/my 200 member \d+ms$/,
  );
  for (const line of lines) {
    assert(!line.includes(access) && !line.includes(refresh));
  }
});

Deno.test("a taken port makes local Wix take the next one", async () => {
  await using first = await startLocalWix({ port: 0 });
  const port = Number(new URL(first.origin).port);
  await using second = await startLocalWix({ port });
  assert(Number(new URL(second.origin).port) > port);
  assertNotEquals(second.origin, first.origin);
});

const hasIpv6 = Object.values(networkInterfaces()).flat()
  .some((entry) => entry?.address === "::1");

Deno.test({
  name: "a port that somebody else has on ::1 is a taken port" +
    (hasIpv6 ? "" : " (ignored: this machine has no ::1)"),
  ignore: !hasIpv6,
  async fn() {
    using other = Deno.listen({ hostname: "::1", port: 0 });
    const { port } = other.addr;
    await using wix = await startLocalWix({ port });
    assert(Number(new URL(wix.origin).port) > port);
  },
});

Deno.test("a closed local Wix frees its port", async () => {
  const wix = await startLocalWix({ port: 0 });
  await wix.close();
  await wix.finished;
  await assertRejects(() => fetch(wix.origin), TypeError);
});

Deno.test("two servers share no data", async () => {
  await using one = await startLocalWix({ port: 0 });
  await using other = await startLocalWix({ port: 0 });
  await visitorTokens(one);
  one.controls.revokeRefreshTokens();
  assertEquals(other.controls.counters.grants.anonymous, 0);
});

Deno.test("memberCount seeds 1 to 60 members and nothing else", async () => {
  await using wix = await startLocalWix({ port: 0, memberCount: 60 });
  const { access: authorization } = await memberTokens(
    wix,
    "member60@demo.example",
  );
  const my = await get(wix, "/members/v1/members/my", { authorization });
  assertEquals(at(my.body, "member.profile.nickname"), "Member 60");
  for (const memberCount of [0, 61, 1.5]) {
    await assertRejects(
      () => startLocalWix({ port: 0, memberCount }),
      RangeError,
    );
  }
});

Deno.test("the root page tells what this is", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const response = await fetch(wix.origin);
  assertMatch(await response.text(), /Local Wix is running/);
});

Deno.test("HEAD has no body, and a host that is none is a 400", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { status } = await fetch(wix.origin, { method: "HEAD" });
  assertEquals(status, 501);
  const request = "GET / HTTP/1.1\r\nhost: [\r\nconnection: close\r\n\r\n";
  assertMatch(await rawAnswer(wix, request), /^HTTP\/1.1 400 /);
});

Deno.test("many requests at once each get their own answer", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const numbers = Array.from({ length: 200 }, (_, i) => i);
  const paths = await Promise.all(
    numbers.map(async (i) => (await get(wix, `/many/${i}`)).body),
  );
  assertEquals(
    paths.map((body) => at(body, "details.applicationError.data.path")),
    numbers.map((i) => `/many/${i}`),
  );
});
