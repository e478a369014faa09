import { assertEquals, assertStringIncludes } from "@std/assert";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { localSettings, startApp } from "../helpers/app.ts";

/** [permission, a page that needs it, its status, text in the log] */
const missing: [string, string, number, string][] = [
  ["--allow-net", "/test/members", 503, "Requires net access to "],
  ["--allow-read", "/favicon.svg", 500, "Requires read access to "],
];
for (const [permission, path, status, says] of missing) {
  Deno.test(`without ${permission} the app logs the missing permission, and keeps running (D12)`, async () => {
    await using wix = await startLocalWix({ port: 0, log: () => {} });
    const settings = { ...localSettings(wix.origin), DEVELOPER_HINTS: "" };
    await using app = await startApp(settings, {
      changeArgs: (args) => args.filter((arg) => !arg.startsWith(permission)),
    });
    const response = await fetch(app.origin + path);
    assertEquals(response.status, status);
    assertEquals((await response.text()).includes("Requires"), false);
    const home = await fetch(app.origin);
    await home.body?.cancel();
    assertEquals(home.status, 200);
    assertStringIncludes(app.output(), says);
  });
}
