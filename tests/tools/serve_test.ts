import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { waitUntilReady } from "@/tools/processes.ts";
import { serveArgs } from "@/tools/serve.ts";
import { localSettings } from "../helpers/app.ts";
import { nextPort } from "../helpers/ports.ts";
import { runTask, taskCommand } from "../helpers/tasks.ts";

const LOCAL_WIX = "http://localhost:4400";
const SETTINGS = {
  ...localSettings(LOCAL_WIX),
  APP_ORIGIN: "http://localhost:8000",
};

/** A stub of a built app that returns its permissions. */
const PERMISSIONS_TOLD = `
const net = ["www.wixapis.com:443", "edge.wixapis.com:443",
  "www.wixapis.com:80", "localhost:4400", "localhost:4401", undefined];
const paths = [import.meta.dirname, undefined];
const descriptors = [
  ...net.map((host) => ({ name: "net", host })),
  ...paths.map((path) => ({ name: "read", path })),
  ...paths.map((path) => ({ name: "write", path })),
  { name: "env", variable: "WIX_CLIENT_ID" },
  ...["env", "run", "sys", "ffi", "import"].map((name) => ({ name })),
];
const granted = descriptors.filter((descriptor) =>
  Deno.permissions.querySync(descriptor).state === "granted"
).map(({ name, host, path, variable }) =>
  [name, host ?? path ?? variable].filter(Boolean).join(" ")
);
console.log(JSON.stringify({ granted, home: Deno.env.get("HOME") ?? null }));
export default { fetch: () => new Response("ok") };
`;

const servers: [wix: string, env: Record<string, string>, hosts: string[]][] = [
  ["Wix", {}, ["www.wixapis.com:443", "edge.wixapis.com:443"]],
  ["local Wix", { WIX_API_ORIGIN: LOCAL_WIX }, ["localhost:4400"]],
];
for (const [wix, env, hosts] of servers) {
  Deno.test(`the served app can access only ${wix}, its own files and its settings`, async () => {
    const root = `${await Deno.makeTempDir()}/`;
    await Deno.mkdir(`${root}_fresh`);
    await Deno.writeTextFile(`${root}_fresh/server.js`, PERMISSIONS_TOLD);
    const options = { host: "127.0.0.1", port: nextPort(), env, root };
    const process = new Deno.Command(Deno.execPath(), {
      args: serveArgs(options),
      env: { HOME: "/home/user" },
      stdout: "piped",
    }).spawn();
    const reader = process.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    const { value = "" } = await reader.read();
    process.kill("SIGKILL");
    await reader.cancel();
    await process.status;
    await Deno.remove(root, { recursive: true });

    assertEquals(JSON.parse(value), {
      granted: [
        ...hosts.map((host) => `net ${host}`),
        `read ${root}_fresh`,
        "env WIX_CLIENT_ID",
      ],
      home: null,
    });
  });
}

Deno.test("serve lists all invalid settings by name, and does not start", async () => {
  const { code, stdout, stderr } = await runTask("serve", {
    ...SETTINGS,
    WIX_API_ORIGIN: "not a url",
    WIX_CLIENT_ID: "not-a-guid",
    PORT: "eighty",
  });
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, /^Cannot start: 3 settings are missing or wrong\n/);
  for (const name of ["WIX_API_ORIGIN", "WIX_CLIENT_ID", "PORT"]) {
    assertStringIncludes(stderr, `  - ${name} is not `);
  }
});

const badAddresses: [env: Record<string, string>, problem: string][] = [
  [{ PORT: "0" }, "PORT is not a number"],
  [{ HOST: "192.0.2.1" }, "HOST is not an address of this machine"],
];
Deno.test("serve rejects an address that it cannot listen on, in one line", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const PORT = String(taken.addr.port);
  await assertRefuses({ PORT }, `PORT ${PORT} is in use by another program`);
  for (const [env, problem] of badAddresses) {
    await assertRefuses({ PORT: String(nextPort()), ...env }, problem);
  }
});

async function assertRefuses(env: Record<string, string>, problem: string) {
  const { code, stderr } = await runTask("serve", { ...SETTINGS, ...env });
  assertEquals(code, 1);
  assertMatch(stderr, /^Cannot start: 1 setting is missing or wrong\n/);
  assertStringIncludes(stderr, `  - ${problem}`);
  assert(!/^ +at /m.test(stderr), stderr);
}

Deno.test("serve listens on 127.0.0.1 by default", async () => {
  const port = nextPort();
  const process = taskCommand("serve", {
    ...SETTINGS,
    PORT: String(port),
  }).spawn();
  await waitUntilReady(`http://127.0.0.1:${port}/healthz`, process);
  // On Linux, a server on 0.0.0.0 also responds on all of 127.0.0.0/8.
  const elsewhere = await canConnect("127.0.0.2", port);
  process.kill("SIGTERM");
  const { code, stdout } = await process.output();
  assertEquals(code, 0);
  assertEquals(
    new TextDecoder().decode(stdout),
    `Serving http://localhost:8000 on 127.0.0.1 port ${port}\n`,
  );
  assertEquals(elsewhere, false);
});

async function canConnect(hostname: string, port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname, port })).close();
    return true;
  } catch {
    return false;
  }
}
