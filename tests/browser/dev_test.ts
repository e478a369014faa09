import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { copyProject } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { test } from "../helpers/browser_story.ts";
import { startDevServer } from "../helpers/dev_server.ts";
import { watchPage } from "../helpers/page_problems.ts";
import { nextPort } from "../helpers/ports.ts";
import { writeFiles } from "../helpers/project_build.ts";

const ROUTE = "routes/lab.tsx";
const ISLAND = "islands/Counter.tsx";
const OTHER_ISLAND = "islands/Toggle.tsx";
const STYLES = "assets/styles.css";

const page = (islands: string[]) => `
import { items } from "@wix/data";
import { auth } from "@wix/essentials";
import { page } from "fresh";
import { define } from "@/lib/define.ts";
${islands.map((it) => `import ${it} from "@/islands/${it}.tsx";`).join("\n")}

export const handler = define.handlers({
  GET: () => page(""),
  async POST() {
    await auth.elevate(items.insert)("Notes", { text: "A note" });
    return page("Saved");
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <h1 class="lab">First title</h1>
    ${islands.map((island) => `<${island} />`).join(" ")}
    <form method="post"><button type="submit">Save</button></form>
    <output>{data}</output>
  </>
));
`;

const counter = (name: string) => `
import { useSignal } from "@preact/signals";

export default function Island() {
  const count = useSignal(0);
  return (
    <button type="button" onClick={() => count.value++}>
      ${name} {count}
    </button>
  );
}
`;

test("deno task dev shows edits without a restart or console errors", async ({ browser, t }) => {
  await using project = await copyProject(CONFIG_PATH);
  await writeFiles(project, [
    [ROUTE, page(["Counter"])],
    [ISLAND, counter("Count")],
  ]);
  // With its own local Wix, whose data is in the project.
  const settings = { PORT: String(nextPort()) };
  await using server = await startDevServer(settings, project);
  const problems: string[] = [];

  /** In one step: a page that is being reloaded misses a second reload. */
  const write = async (path: string, code: string) => {
    const made = await Deno.makeTempFile();
    await Deno.writeTextFile(made, code);
    await Deno.rename(made, project.root + path);
  };
  const edit = async (path: string, from: string | RegExp, to: string) => {
    const text = await Deno.readTextFile(project.root + path);
    await write(path, text.replace(from, to));
  };
  /** Opens a page in a new tab, which listens to the server. */
  const step = async (
    name: string,
    work: (tab: Page) => Promise<void>,
  ) => {
    const done = await t.step(name, async () => {
      const tab = await browser.newPage();
      // The first request compiles the whole app.
      tab.setDefaultTimeout(120_000);
      const reported = watchPage(tab);
      const connected = connects(tab);
      await tab.goto(server.origin + "/lab");
      await connected;
      await counts(tab, "");
      await work(tab);
      await tab.close();
      problems.push(...reported);
    });
    if (!done) throw new Error(`Cannot go on: ${name} failed`);
  };

  await step("an edited route", async (tab) => {
    await edit(ROUTE, "First title", "Second title");
    await showsTitle(tab, "Second title");
    await counts(tab, "Count");
  });

  await step("a form's result, loaded once", async (tab) => {
    let loads = 0;
    tab.on("request", (request) => {
      if (request.isNavigationRequest()) loads++;
    });
    const connected = connects(tab);
    await tab.click("text=Save");
    await connected;
    await tab.waitForSelector("output:text('Saved')");
    await counts(tab, "Count");
    // Wix stores more while the page listens.
    for (const method of ["POST", "GET"]) {
      const status = await tab.evaluate(
        async (method) => (await fetch("/lab", { method })).status,
        method,
      );
      assertEquals(status, 200);
    }
    assertEquals(loads, 1);
  });

  await step("an edited island", async (tab) => {
    await edit(ISLAND, "Count", "Number");
    await counts(tab, "Number");
  });

  await step("an edited stylesheet", async (tab) => {
    await edit(STYLES, /$/, ".lab { color: rgb(1, 2, 3); }\n");
    await tab.waitForFunction(() => {
      const lab = document.querySelector(".lab");
      return lab && getComputedStyle(lab).color === "rgb(1, 2, 3)";
    });
  });

  await step("an added island", async (tab) => {
    const connected = connects(tab);
    await write(OTHER_ISLAND, counter("Toggle"));
    await connected;
    await write(ROUTE, page(["Counter", "Toggle"]));
    await counts(tab, "Toggle");
    await counts(tab, "Number");
  });

  assertEquals(problems, []);

  await step("a syntax error, and its fix", async (tab) => {
    const connected = connects(tab);
    await edit(ROUTE, "</h1>", "");
    await showsTitle(tab, "Something went wrong");
    await connected;
    await edit(ROUTE, "First title", "Third title</h1>");
    await showsTitle(tab, "Third title");
    await counts(tab, "Number");
  });
});

/** Waits until the page that is loaded next receives updates. */
async function connects(tab: Page): Promise<void> {
  await tab.waitForEvent(
    "console",
    (message) => message.text() === "[vite] connected.",
  );
}

async function showsTitle(tab: Page, name: string): Promise<void> {
  await tab.getByRole("heading", { name, exact: true }).waitFor();
}

/** Clicks an island's button until its count shows that it has hydrated. */
async function counts(tab: Page, name: string): Promise<void> {
  await tab.waitForFunction((name) => {
    const button = [...document.querySelectorAll("main button")].find((it) =>
      it.textContent?.startsWith(name)
    );
    if (button instanceof HTMLElement) button.click();
    return /[1-9]/.test(button?.textContent ?? "");
  }, name);
}
