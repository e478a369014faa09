import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { basename } from "node:path";
import { ROOT, VITE } from "@/tools/packages.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { ANN, logIn, startSite } from "../helpers/site.ts";

const HELLO = `
import { members } from "@wix/members";
import { page } from "fresh";
import { define } from "@/lib/define.ts";

export const handler = define.handlers({
  async GET() {
    const { items } = await members.queryMembers().limit(3).find();
    return page(items.map((member) => member.profile?.nickname));
  },
});

export default define.page<typeof handler>(({ data }) => (
  <ul>{data.map((name) => <li class="hello">{name}</li>)}</ul>
));
`;

const LAST_ORDER = `
import { orders } from "@wix/ecom";
import { define } from "@/lib/define.ts";

export const handler = define.handlers({
  async GET() {
    const { orders: [last] } = await orders.searchOrders({
      cursorPaging: { limit: 1 },
    });
    return Response.redirect("https://app.example/" + last?.number);
  },
});
`;

const ISLAND_WITH_SECRETS = `
import { config } from "@/lib/config.ts";

export default function Leak() {
  return <p>{config.clientId}</p>;
}
`;

Deno.test("new route files call Wix with no other change", async (t) => {
  await using project = await copyProject();
  await project.write("routes/hello.tsx", HELLO);
  await project.write("routes/last-order.ts", LAST_ORDER);
  const { success, output } = await project.build();
  assert(success, output);
  await using site = await startSite({ project });
  const browser = site.visitor();

  await t.step("for a visitor", async () => {
    const { body } = await browser.open("/hello");
    assertEquals(body.match(/class="hello"/g)?.length, 3);
  });

  await t.step("for a member", async () => {
    const page = await logIn(browser, "/account", ANN);
    assertEquals(page.status, 200);
    const { body } = await browser.open("/hello");
    assertEquals(body.match(/class="hello"/g)?.length, 3);
  });

  await t.step(
    "with another module, and a redirect of the platform",
    async () => {
      const { status, headers } = await browser.request("/last-order");
      assertEquals(status, 302);
      assertEquals(headers.get("location"), "https://app.example/1047");
      assertEquals(headers.get("cache-control"), "private, no-store");
    },
  );
});

Deno.test("a build fails that pulls server code into an island (S10)", async () => {
  await using project = await copyProject();
  await project.write("islands/Leak.tsx", ISLAND_WITH_SECRETS);
  const { success, output } = await project.build();
  assertEquals(success, false);
  assertStringIncludes(output, "lib/config.ts is server code");
});

/** A copy of this project that a test may change. */
async function copyProject() {
  const root = `${await Deno.makeTempDir({ prefix: "fresh-wix-" })}/`;
  const config = root + basename(CONFIG_PATH);
  const names = [
    ...["components", "islands", "lib", "offline", "routes", "static"],
    ...["tools", "deno.json", "main.ts", "vite.config.ts"],
    ...["deno.lock", "deno.offline.lock", basename(CONFIG_PATH)],
  ];
  for (const name of new Set(names)) await copy(ROOT + name, root + name);
  await Deno.symlink(`${ROOT}node_modules`, `${root}node_modules`);

  return {
    root,
    config,
    write: (path: string, text: string) =>
      Deno.writeTextFile(root + path, text),
    async build() {
      const { success, stdout, stderr } = await new Deno.Command(
        Deno.execPath(),
        {
          args: ["run", "-A", "--config", config, VITE, "build"],
          cwd: root,
          env: {
            NO_COLOR: "1",
            FRESH_NO_UPDATE_CHECK: "1",
            FRESH_WIX_CONFIG: config,
          },
        },
      ).output();
      const text = new TextDecoder();
      return { success, output: text.decode(stdout) + text.decode(stderr) };
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

async function copy(from: string, to: string): Promise<void> {
  const info = await Deno.stat(from).catch(() => undefined);
  if (info === undefined) return;
  if (info.isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) {
    await copy(`${from}/${name}`, `${to}/${name}`);
  }
}
