import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { startLocalWix } from "@/packages/local-wix/src/server.ts";
import { copyProject, type ProjectCopy } from "@/tools/project_copy.ts";
import { CONFIG_PATH, localSettings } from "../helpers/app.ts";
import {
  BROWSER_NOTE,
  CHROMIUM_PATH,
  launchChromium,
} from "../helpers/chromium.ts";
import { startDevServer } from "../helpers/dev_server.ts";
import { watchPage } from "../helpers/page_problems.ts";
import { writeFiles } from "../helpers/project_build.ts";

const ROUTE = "routes/lab.tsx";
const COMPONENT = "components/Greeting.tsx";
const ISLAND = "islands/Counter.tsx";
const STYLES = "assets/styles.css";

const FILES: [path: string, code: string][] = [
  [
    ROUTE,
    `import { Greeting } from "@/components/Greeting.tsx";
import Counter from "@/islands/Counter.tsx";

export default function Lab() {
  return (
    <>
      <h1>First title</h1>
      <Greeting />
      <Counter />
    </>
  );
}
`,
  ],
  [COMPONENT, `export const Greeting = () => <p class="lab">Hello</p>;\n`],
  [
    ISLAND,
    `import { useSignal } from "@preact/signals";

export default function Counter() {
  const count = useSignal(0);
  return <button type="button" onClick={() => count.value++}>Count {count}</button>;
}
`,
  ],
];

const ADDED_ROUTE = `export default () => <h1>Added route</h1>;\n`;
const ADDED_ISLAND = `import { useSignal } from "@preact/signals";

export default function Toggle() {
  const on = useSignal(false);
  return (
    <button type="button" onClick={() => on.value = !on.value}>
      Toggle {on.value ? "on" : "off"}
    </button>
  );
}
`;

Deno.test({
  name: "deno task dev shows every edit without a restart, and the console " +
    "stays clean" + BROWSER_NOTE,
  ignore: CHROMIUM_PATH === undefined,
  async fn(t) {
    await using wix = await startLocalWix({ port: 0, log: () => {} });
    await using project = await copyProject(CONFIG_PATH);
    await writeFiles(project, FILES);
    await using server = await startDevServer(
      localSettings(wix.origin),
      project,
    );
    await using browser = await launchChromium();
    const page = await browser.newPage();
    const problems = watchPage(page);
    const shows = (role: "heading" | "button", name: string) =>
      page.getByRole(role, { name, exact: true }).waitFor();
    const edit = (path: string, from: string, to: string) =>
      editFile(project, path, from, to);

    await t.step("a page with an island", async () => {
      await page.goto(`${server.origin}/lab`);
      await shows("heading", "First title");
      await countsOn(page);
    });

    await t.step("an edited route", async () => {
      await edit(ROUTE, "First title", "Second title");
      await shows("heading", "Second title");
    });

    await t.step("an edited component", async () => {
      await edit(COMPONENT, "Hello", "Good morning");
      await page.getByText("Good morning", { exact: true }).waitFor();
    });

    await t.step("an edited island, which goes on counting", async () => {
      await edit(ISLAND, "Count {count}", "Number {count}");
      await page.getByRole("button", { name: /^Number \d+$/ }).waitFor();
      await edit(ISLAND, "Number {count}", "Count {count}");
      await countsOn(page);
    });

    await t.step("an edited stylesheet, without a reload", async () => {
      await page.evaluate(() => document.body.dataset.kept = "yes");
      const styles = await Deno.readTextFile(project.root + STYLES);
      await Deno.writeTextFile(
        project.root + STYLES,
        `${styles}\n.lab { color: rgb(1, 2, 3); }\n`,
      );
      await page.waitForFunction(() => {
        const greeting = document.querySelector(".lab");
        return greeting && getComputedStyle(greeting).color === "rgb(1, 2, 3)";
      });
      const kept = await page.evaluate(() => document.body.dataset.kept);
      assertEquals(kept, "yes");
    });

    await t.step("an added route", async () => {
      await Deno.writeTextFile(`${project.root}routes/added.tsx`, ADDED_ROUTE);
      await untilStatus(`${server.origin}/added`, 200);
      await page.goto(`${server.origin}/added`);
      await shows("heading", "Added route");
      await page.goto(`${server.origin}/lab`);
      await countsOn(page);
    });

    await t.step("an added island", async () => {
      await Deno.writeTextFile(
        `${project.root}islands/Toggle.tsx`,
        ADDED_ISLAND,
      );
      await edit(
        ROUTE,
        "export default",
        `import Toggle from "@/islands/Toggle.tsx";\n\nexport default`,
      );
      await edit(ROUTE, "<Counter />", "<Counter />\n      <Toggle />");
      await shows("button", "Toggle off");
      await page.waitForFunction(() =>
        document.querySelectorAll("main button").length === 2
      );
      await clickUntil(page, "Toggle off", "Toggle on");
      await countsOn(page);
    });

    await t.step("a removed island and a removed route", async () => {
      await edit(ROUTE, "\n      <Toggle />", "");
      await edit(ROUTE, `import Toggle from "@/islands/Toggle.tsx";\n`, "");
      await Deno.remove(`${project.root}islands/Toggle.tsx`);
      await Deno.remove(`${project.root}routes/added.tsx`);
      await untilStatus(`${server.origin}/added`, 404);
      await page.goto(`${server.origin}/lab`);
      await countsOn(page);
    });

    await t.step("a malformed address", async () => {
      await untilStatus(`${server.origin}/account/orders/%zz`, 400);
      await untilStatus(`${server.origin}/healthz`, 200);
    });

    assertEquals(problems, []);

    await t.step(
      "a broken syntax, and the page again once it is mended",
      async () => {
        await edit(ROUTE, "</>", "<>");
        await page.locator("vite-error-overlay, pre").first().waitFor();
        await edit(ROUTE, "<>\n  );", "</>\n  );");
        await shows("heading", "Second title");
        await countsOn(page);
      },
    );
    assert(!server.output().includes("error:"), server.output());
  },
});

async function editFile(
  { root }: ProjectCopy,
  path: string,
  from: string,
  to: string,
): Promise<void> {
  const text = await Deno.readTextFile(root + path);
  assert(text.includes(from), `${path} has no ${from}`);
  await Deno.writeTextFile(root + path, text.replace(from, to));
}

/** The island is alive: clicked until it counts, as it may load meanwhile. */
async function countsOn(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: /^Count \d+$/ });
  await button.waitFor();
  const before = await button.textContent();
  await page.waitForFunction((before) => {
    const button = [...document.querySelectorAll("button")].find((it) =>
      it.textContent?.startsWith("Count")
    );
    button?.click();
    return button && button.textContent !== before;
  }, before);
}

async function clickUntil(page: Page, from: string, to: string) {
  await page.waitForFunction(([from, to]) => {
    const button = [...document.querySelectorAll("button")].find((it) =>
      it.textContent === from || it.textContent === to
    );
    if (button?.textContent === from) button?.click();
    return button?.textContent === to;
  }, [from, to]);
}

/** Asks until an address answers with a status. */
async function untilStatus(url: string, status: number): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === status) return;
  }
}
