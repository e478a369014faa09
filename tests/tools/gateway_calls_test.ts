import { assertEquals, assertRejects } from "@std/assert";
import {
  callsModule,
  httpCall,
  methodsOfIslands,
  readModule,
} from "@/tools/gateway_calls.ts";
import { ROOT } from "@/tools/packages.ts";

Deno.test({
  name: "lib/gateway/calls.ts lists what the islands call today",
  // The bundler's own process lives on.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const committed = await Deno.readTextFile(`${ROOT}lib/gateway/calls.ts`);
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
    for (const [path, text] of Object.entries(files)) {
      const folder = path.slice(0, path.lastIndexOf("/"));
      await Deno.mkdir(root + folder, { recursive: true });
      await Deno.writeTextFile(root + path, text);
    }
    assertEquals(await methodsOfIslands(root), [QUERY]);
    await Deno.remove(root, { recursive: true });
  },
});

Deno.test("the SDK packages describe the call behind a method", async () => {
  assertEquals(
    await httpCall({
      module: "@wix/members",
      namespace: "members",
      name: "updateMember",
    }),
    { method: "PATCH", path: "/members/v1/members/:memberId" },
  );
});

Deno.test("what a package does not describe is not listed", async () => {
  const method = { module: "@wix/members", namespace: "members", name: "x" };
  await assertRejects(() => httpCall(method), Error, "does not describe it");
});

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
