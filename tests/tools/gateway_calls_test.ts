import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { items } from "@wix/data";
import { createClient } from "@wix/sdk/client";
import {
  httpCalls,
  methodsOfIslands,
  readModule,
} from "@/tools/gateway_calls.ts";
import { writeFiles } from "../helpers/project_build.ts";

/** Without sanitizers, because the bundler's process keeps running. */
const test = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });

test("lists calls of modules that islands import, not of routes", async () => {
  const use = (name: string) =>
    `import { members } from "@wix/members"; members.${name}();`;
  const root = `${await Deno.makeTempDir({ prefix: "fresh-wix-" })}/`;
  await writeFiles({ root }, [
    ["islands/deep/Island.tsx", 'import "@/components/used.ts";'],
    ["components/used.ts", use("queryMembers")],
    ["components/unused.ts", use("deleteMember")],
    ["routes/index.tsx", use("createMember")],
  ]);
  assertEquals(await methodsOfIslands(root), [QUERY]);
  await Deno.remove(root, { recursive: true });
});

const calls: [module: string, method: string, calls: string[]][] = [
  ["@wix/stores", "products.getProduct", [
    "GET /stores-reader/v1/products/:id",
  ]],
  ["@wix/data", "items.get", ["GET /wix-data/v2/items/:dataItemId"]],
  ["@wix/ecom", "orders.PaymentStatus", []],
];
Deno.test("httpCalls() returns a method's calls, and rejects undescribed methods", () => {
  for (const [module, method, expected] of calls) {
    assertEquals(callsBehind(module, method), expected);
  }
  for (const method of ["members.onMemberCreated", "members.x", "x.y"]) {
    const list = () => callsBehind("@wix/members", method);
    assertThrows(list, Error, "make the call in a route");
  }
});

const reads: [what: string, read: () => Promise<unknown>][] = [
  ["query", () => items.query("Notes").find()],
  ["query", () => items.query("Notes").eq("x", "y".repeat(5_000)).find()],
  ["query", () => items.query("Notes").count()],
  ["query", () => items.query("Notes").distinct("x")],
  ["queryReferenced", () => items.queryReferenced("Notes", "1", "x")],
];
Deno.test("reads of a collection make only the listed calls", async () => {
  const sent = new Map<string, Set<string>>();
  for (const [name, read] of reads) {
    createClient({
      fetch: (input: RequestInfo | URL, init?: RequestInit) => {
        const { pathname } = new URL(String(input));
        const calls = sent.get(name) ?? new Set();
        sent.set(name, calls.add(`${init?.method} ${pathname}`));
        return Promise.resolve(Response.json({ dataItems: [] }));
      },
    }).enableContext("module");
    // The empty response makes the call fail; only the request matters.
    await read().catch(() => {});
  }
  for (const [name, calls] of sent) {
    assertEquals(
      [...calls].sort(),
      callsBehind("@wix/data", `items.${name}`).sort(),
    );
  }
  assertEquals(sent.size, 2);
});

function callsBehind(module: string, method: string): string[] {
  const [namespace = "", name = ""] = method.split(".");
  return httpCalls({ module, namespace, name })
    .map(({ method, path }) => `${method} ${path}`);
}

const QUERY = {
  module: "@wix/members",
  namespace: "members",
  name: "queryMembers",
};
const MEMBERS = 'import { members } from "@wix/members";';
const found: [source: string, methods: unknown[], imports: string[]][] = [
  [`${MEMBERS} members.queryMembers().find();`, [QUERY], []],
  [
    'import { members as m } from "@wix/members"; export const q = m.queryMembers;',
    [QUERY],
    [],
  ],
  [`${MEMBERS} const x = { members: 1 }; x.members;`, [], []],
  [`${MEMBERS.replace("{", "type {")} let m: members.Member;`, [], []],
  [`${MEMBERS} let m: members.Member;`, [], []],
  ['import { media } from "@wix/sdk"; media.getImageUrl(x);', [], []],
  [
    'import { a } from "./a.ts"; export { b } from "@/components/b.tsx"; a();',
    [],
    ["islands/a.ts", "components/b.tsx"],
  ],
  ['const lazy = () => import("../c.tsx");', [], ["c.tsx"]],
];
test("readModule() finds methods and imports", async () => {
  for (const [source, methods, imports] of found) {
    const module = await readModule("islands/Island.tsx", source);
    assertEquals(module, { methods, imports }, source);
  }
});

const unclear = [
  'import * as wix from "@wix/members"; wix.members.queryMembers();',
  `${MEMBERS} const { queryMembers } = members;`,
  `${MEMBERS} members[name]();`,
  `${MEMBERS} const x = { members };`,
  'const { members } = await import("@wix/members");',
  'export { members } from "@wix/members";',
];
test("readModule() rejects calls that it cannot determine", async () => {
  for (const source of unclear) {
    const read = () => readModule("islands/Island.tsx", source);
    const reason = "Cannot list the calls of islands/Island.tsx";
    await assertRejects(read, Error, reason);
  }
});
