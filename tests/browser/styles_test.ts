import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { startLocalWix } from "@/packages/local-wix/src/server.ts";
import { copyProject } from "@/tools/project_copy.ts";
import { CONFIG_PATH, localSettings, startApp } from "../helpers/app.ts";
import {
  BROWSER_NOTE,
  CHROMIUM_PATH,
  launchChromium,
} from "../helpers/chromium.ts";
import { nextPort } from "../helpers/ports.ts";
import { buildCopy } from "../helpers/project_build.ts";

const STYLES = "assets/styles.css";
const COLOR = "rgb(1, 2, 3)";

Deno.test({
  name: "an edited stylesheet is what browsers show after the next build, " +
    "whatever they have cached" + BROWSER_NOTE,
  ignore: CHROMIUM_PATH === undefined,
  async fn() {
    await using wix = await startLocalWix({ port: 0, log: () => {} });
    await using project = await copyProject(CONFIG_PATH);
    await using browser = await launchChromium();
    const page = await browser.newPage();
    // One address, as caches see it.
    const port = nextPort();
    const colorIn = async (project?: { readonly root: string }) => {
      await using app = await startApp(localSettings(wix.origin), {
        port,
        ...(project && { project }),
      });
      await page.goto(app.origin);
      return await page.getByRole("heading", { level: 1 }).evaluate((heading) =>
        getComputedStyle(heading).color
      );
    };
    assertNotEquals(await colorIn(), COLOR);

    const styles = await Deno.readTextFile(project.root + STYLES);
    await Deno.writeTextFile(
      project.root + STYLES,
      `${styles}h1 { color: ${COLOR}; }\n`,
    );
    const { success, output } = await buildCopy(project);
    assert(success, output);
    assertEquals(await colorIn(project), COLOR);
  },
});
