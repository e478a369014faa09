/**
 * `deno task bench`: measures the starter beside Wix's own Astro integration,
 * or beside another copy of itself. docs/performance.md explains the figures.
 *
 * @module
 */
import { resolve } from "node:path";
import { ASTRO_PACKAGES, buildAstroSites } from "./astro_site.ts";
import { buildFreshSite } from "./fresh_site.ts";
import { AUTOCANNON } from "./load.ts";
import { type Effort, measure } from "./measure.ts";
import { type Plan, readPlan, USAGE } from "./options.ts";
import { PINNED, readVersion } from "./processes.ts";
import { draw, publish } from "./publish.ts";
import { report, reportDifferences } from "./report.ts";
import { compareCpu, SITES, summarizeRows, summarizeStarts } from "./result.ts";
import { ROOT, startLocalWix } from "./servers.ts";
import { soak } from "./soak.ts";

const [loadBefore = NaN] = Deno.loadavg();

// Exiting ends the servers as well; being killed would leave them behind.
Deno.addSignalListener("SIGTERM", () => Deno.exit(143));

const plan = planOrExit();
if (plan.kind === "draw") {
  await draw();
} else if (plan.kind === "attacks") {
  const root = `${resolve(plan.folder ?? ROOT)}/`;
  await (await import("./attack_figures.ts")).printAttackFigures(root);
} else if (plan.kind === "soak") {
  await soak(plan.minutes);
} else if (plan.against !== undefined) {
  await compareBuilds(plan.effort, plan.against);
} else {
  await compareWithAstro(plan.effort, plan.write);
}
Deno.exit();

function planOrExit(): Plan {
  if (Deno.args.includes("--help")) {
    console.log(USAGE);
    Deno.exit();
  }
  try {
    return readPlan(Deno.args);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) {
      throw error;
    }
    console.error(`${error.message}\n\n${USAGE}`);
    Deno.exit(2);
  }
}

async function compareWithAstro(effort: Effort, write: boolean): Promise<void> {
  console.log("Building the starter and the Astro site");
  await using app = await buildFreshSite(SITES.app, ROOT);
  if (write && !app.isReal) {
    throw new Error(
      "Cannot publish figures of stubs: use the real Fresh, --jsr",
    );
  }
  const astro = await buildAstroSites();
  await using wix = await startLocalWix();
  const measured = await measure([app, astro.node, astro.deno], wix, effort);
  const result = {
    date: new Date().toISOString().slice(0, 10),
    fresh: app.fresh,
    versions: {
      Deno: Deno.version.deno,
      Node: await readVersion("node"),
      Astro: ASTRO_PACKAGES.astro,
      "@wix/astro": ASTRO_PACKAGES["@wix/astro"],
      autocannon: AUTOCANNON.split("@")[1] ?? "",
    },
    machine: await describeMachine(),
    load: loadBefore,
    rows: summarizeRows(measured),
    starts: summarizeStarts(measured),
  };
  console.log(`\n${report(result)}`);
  if (write) await publish(result);
}

async function compareBuilds(effort: Effort, folder: string): Promise<void> {
  console.log("Building both");
  await using app = await buildFreshSite("this", ROOT);
  await using other = await buildFreshSite("other", folder);
  await using wix = await startLocalWix();
  const measured = await measure([app, other], wix, effort);
  const differences = compareCpu(measured, "this", "other");
  console.log(
    `\nOn ${app.fresh}, Deno ${Deno.version.deno}, ` +
      `${await describeMachine()}:\n\n${reportDifferences(differences)}`,
  );
}

async function describeMachine(): Promise<string> {
  const info = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  const model = /^model name\s*: (.+)$/m.exec(info)?.[1] ?? Deno.build.arch;
  return `${model}, ${navigator.hardwareConcurrency} processors` +
    (PINNED ? ", one of them for the server" : "");
}
