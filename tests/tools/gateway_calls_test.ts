import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { items } from "@wix/data";
import { createClient } from "@wix/sdk/client";
import {
  callsModule,
  httpCalls,
  methodsOfIslands,
  readModule,
} from "@/tools/gateway_calls.ts";
import { ROOT } from "@/tools/packages.ts";

Deno.test({
  name: "lib/gateway_calls.ts lists what the islands call today",
  // The bundler's own process lives on.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const committed = await Deno.readTextFile(`${ROOT}lib/gateway_calls.ts`);
    assertEquals(await callsModule(ROOT), committed);
  },
});

Deno.test({
  name: "what islands import counts, what only routes import does not",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const use = (name: string) =>
      `import { members } from "@wix/members"; members.${name}();`;
    const root = `${await Deno.makeTempDir({ prefix: "fresh-wix-" })}/`;
    const files = {
      "islands/deep/Island.tsx": 'import "@/components/used.ts";',
      "components/used.ts": use("queryMembers"),
      "components/unused.ts": use("deleteMember"),
      "routes/index.tsx": use("createMember"),
    };
    try {
      for (const [path, text] of Object.entries(files)) {
        const folder = path.slice(0, path.lastIndexOf("/"));
        await Deno.mkdir(root + folder, { recursive: true });
        await Deno.writeTextFile(root + path, text);
      }
      assertEquals(await methodsOfIslands(root), [QUERY]);
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  },
});

const calls: [module: string, method: string, calls: string[]][] = [
  ["@wix/members", "members.updateMember", [
    "PATCH /members/v1/members/:memberId",
  ]],
  ["@wix/stores", "products.getProduct", [
    "GET /stores-reader/v1/products/:id",
  ]],
  ["@wix/data", "items.get", ["GET /wix-data/v2/items/:dataItemId"]],
  ["@wix/ecom", "orders.PaymentStatus", []],
];
for (const [module, method, expected] of calls) {
  const name = expected.join() || "no call";
  Deno.test(`${method} of ${module} is ${name}`, () => {
    assertEquals(callsBehind(module, method), expected);
  });
}

for (const method of ["members.onMemberCreated", "members.x", "x.y"]) {
  Deno.test(`${method} of @wix/members is not listed: nobody describes it`, () => {
    assertThrows(
      () => callsBehind("@wix/members", method),
      Error,
      "make the call in a route",
    );
  });
}

const reads: [what: string, read: () => Promise<unknown>][] = [
  ["query", () => items.query("Notes").find()],
  ["query", () => items.query("Notes").eq("x", "y".repeat(5_000)).find()],
  ["query", () => items.query("Notes").count()],
  ["query", () => items.query("Notes").distinct("x")],
  ["queryReferenced", () => items.queryReferenced("Notes", "1", "x")],
  ["aggregate", () => items.aggregate("Notes").count().run()],
];
Deno.test("what reads of a collection send is what is listed for them", async () => {
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
    // What becomes of an answer without content is not the question.
    await read().catch(() => {});
  }
  for (const [name, calls] of sent) {
    assertEquals(
      [...calls].sort(),
      callsBehind("@wix/data", `items.${name}`).sort(),
    );
  }
  assertEquals(sent.size, 3);
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
const found: [source: string, methods: unknown[], imports: string[]][] = [
  [
    'import { members } from "@wix/members"; members.queryMembers().find();',
    [QUERY],
    [],
  ],
  [
    'import { members as m } from "@wix/members"; export const q = m.queryMembers;',
    [QUERY],
    [],
  ],
  [
    'import { members } from "@wix/members"; const x = { members: 1 }; x.members;',
    [],
    [],
  ],
  [
    'import type { members } from "@wix/members"; let m: members.Member;',
    [],
    [],
  ],
  ['import { members } from "@wix/members"; let m: members.Member;', [], []],
  ['import { media } from "@wix/sdk"; media.getImageUrl(x);', [], []],
  [
    'import { a } from "./a.ts"; export { b } from "@/components/b.tsx"; a();',
    [],
    ["islands/a.ts", "components/b.tsx"],
  ],
  [
    'const lazy = () => import("../components/lazy.tsx");',
    [],
    ["components/lazy.tsx"],
  ],
];
for (const [source, methods, imports] of found) {
  Deno.test({
    name: `in ${source}`,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const module = await readModule("islands/Island.tsx", source);
      assertEquals(module, { methods, imports });
    },
  });
}

const unclear = [
  'import * as wix from "@wix/members"; wix.members.queryMembers();',
  'import wix from "@wix/members"; wix.members.queryMembers();',
  'import { members } from "@wix/members"; const { queryMembers } = members;',
  'import { members } from "@wix/members"; members["queryMembers"]();',
  'import { members } from "@wix/members"; members[name]();',
  'import { members } from "@wix/members"; const x = { members };',
  'import { members } from "@wix/members"; give(members);',
  'const { members } = await import("@wix/members");',
  'export { members } from "@wix/members";',
];
for (const source of unclear) {
  Deno.test({
    name: `nobody guesses what is called in ${source}`,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await assertRejects(
        () => readModule("islands/Island.tsx", source),
        Error,
        "Cannot list the calls of islands/Island.tsx",
      );
    },
  });
}
