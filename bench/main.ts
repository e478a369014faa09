/**
 * The benchmarks: `deno task bench`. Prints tables and how the budgets of
 * speed were kept; see docs/performance.md for how to read them.
 *
 * @module
 */
import { choosePackages, type Packages } from "@/tools/packages.ts";
import { runDeno } from "@/tools/processes.ts";
import { drawChart } from "./chart.ts";
import { compareAnswers } from "./compare.ts";
import { startInspected } from "./inspector.ts";
import { type LoadedPackage, loadedPackages } from "./loaded_packages.ts";
import { thisMachine } from "./machine.ts";
import { cellsOf, measure, measureRound, type RoundOfLoad } from "./measure.ts";
import { measureMemory } from "./memory.ts";
import { measureFunctions } from "./micro.ts";
import { type Plan, readPlan, USAGE } from "./options.ts";
import { profiled } from "./profile.ts";
import {
  cellLine,
  functionLines,
  header,
  loadLine,
  memoryLine,
  shareLines,
  startUpLine,
  tableHead,
  verdictLines,
} from "./report.ts";
import { type BenchResult, verdicts } from "./result.ts";
import { type Rig, startRig } from "./rig.ts";
import { JUDGED, type Scenario } from "./scenarios.ts";
import { soak } from "./soak.ts";
import { measureStartUp } from "./start_up.ts";

const PROFILE_SECONDS = 4;

// Exiting ends the servers as well; being killed would leave them behind.
Deno.addSignalListener("SIGTERM", () => Deno.exit(143));

const plan = planOrExit();
const packages = await choosePackages(undefined);
const [load = NaN] = Deno.loadavg();

switch (plan.kind) {
  case "bench":
    await bench(plan, packages);
    break;
  case "profile":
    await profile(plan.scenarios, packages);
    break;
  case "soak":
    await soak(packages, plan.minutes);
    break;
  case "chart": {
    const result: BenchResult = JSON.parse(await Deno.readTextFile(plan.json));
    await Deno.writeTextFile(plan.chart, drawChart(result));
    await runDeno(["fmt", "--quiet", "--no-config", plan.chart]);
    break;
  }
}

function planOrExit(): Plan {
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

async function bench(
  { scenarios, effort, micro, startUps, json }: Plan & { kind: "bench" },
  packages: Packages,
): Promise<void> {
  await using rig = await startRig(packages);
  const machine = await thisMachine({
    generator: rig.generator.description,
    packages: packages.mode,
    load,
  });
  console.log(`\n${header(machine)}\n`);

  const startUp = await measureStartUp(rig.project, rig.settings, startUps);
  const loadedAtStart = await loadedWithFirstPage(rig);
  console.log(`${startUpLine(startUp, loadedAtStart)}\n`);

  const memory = await measureMemory(rig);
  console.log(`${memoryLine(memory)}\n`);

  const functions = micro ? await measureFunctions(packages.config) : [];
  if (micro) console.log(`${functionLines(functions)}\n`);

  const alike = await compareAll(rig, scenarios);
  const measured: RoundOfLoad[] = [];
  for (let round = 1; round <= effort.rounds; round++) {
    for (const scenario of scenarios) {
      console.log(`Round ${round} of ${effort.rounds}: ${scenario.title}`);
      await using servers = await rig.startServers();
      for await (const load of measureRound(rig, servers, scenario, effort)) {
        measured.push(load);
        console.log(`  ${loadLine(load)}`);
      }
    }
  }
  const cells = cellsOf(measured);
  console.log(`\n${tableHead()}\n${cells.map(cellLine).join("\n")}`);
  console.log(`\n${verdictLines(verdicts(cells))}`);

  const result: BenchResult = {
    machine,
    startUp,
    memory,
    loadedAtStart,
    alike,
    cells,
    functions,
  };
  if (json !== undefined) {
    await Deno.writeTextFile(json, `${JSON.stringify(result, null, 2)}\n`);
  }
}

/** Prints where the time of scenarios goes, and keeps the profiles. */
async function profile(
  scenarios: readonly Scenario[],
  packages: Packages,
): Promise<void> {
  await using rig = await startRig(packages);
  await using app = await startInspected(rig.project, { env: rig.settings });
  const folder = new URL("./results/", import.meta.url).pathname;
  await Deno.mkdir(folder, { recursive: true });
  const work = (scenario: Scenario) =>
    measure(rig, app, scenario, JUDGED.connections, PROFILE_SECONDS);
  for (const scenario of scenarios) {
    await work(scenario);
    const { raw, areas, functions } = await profiled(
      app.inspector,
      () => work(scenario),
    );
    const file = `${folder}${scenario.name}.cpuprofile`;
    await Deno.writeTextFile(file, JSON.stringify(raw));
    console.log(`\n${scenario.title} (${file})`);
    console.log(shareLines(areas.slice(0, 10)));
    console.log(`By function:\n${shareLines(functions.slice(0, 15))}`);
  }
}

async function loadedWithFirstPage(
  { project, settings }: Rig,
): Promise<LoadedPackage[]> {
  await using app = await startInspected(project, { env: settings });
  await (await fetch(app.origin)).text();
  return await loadedPackages(app.inspector);
}

async function compareAll(
  rig: Rig,
  scenarios: readonly Scenario[],
): Promise<BenchResult["alike"]> {
  await using servers = await rig.startServers();
  const alike: Record<string, number> = {};
  for (const scenario of scenarios) {
    if (scenario.wanted === undefined) continue;
    alike[scenario.name] = await compareAnswers(
      rig,
      servers,
      scenario,
      scenario.wanted.of,
    );
  }
  console.log(
    `Both apps answer the same: ${JSON.stringify(alike)} characters\n`,
  );
  return alike;
}
