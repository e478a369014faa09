/**
 * The figures as a picture: for each scenario a bar for this app and one for
 * what it is compared with. Processor time, because that is the same however
 * busy the machine was.
 *
 * @module
 */
import type { Cell, TargetName } from "./measure.ts";
import { type BenchResult, judgedCell } from "./result.ts";
import { JUDGED, SCENARIOS } from "./scenarios.ts";

const WIDTH = 760;
const LEFT = 320;
const BAR = 14;
const ROW = 52;
const TOP = 74;
/** Room for the number behind the longest bar. */
const RIGHT = 110;

const NAMES: Record<TargetName, string> = {
  app: "this app",
  reference: "reference app",
  stepless: "without our steps",
  bare: "bare Deno.serve",
};

/** The bars of one scenario. */
interface Row {
  readonly title: string;
  readonly cells: readonly Cell[];
}

/** Returns the chart as SVG. */
export function drawChart({ cells, machine }: BenchResult): string {
  const rows = SCENARIOS.flatMap(({ name, title }): Row[] => {
    const found = (["app", "reference"] as const).flatMap((target) =>
      judgedCell(cells, name, target) ?? []
    );
    return found.length === 0 ? [] : [{ title, cells: found }];
  });
  const longest = Math.max(
    ...rows.flatMap((row) => row.cells.map((it) => it.cpuMicroseconds)),
  );
  const height = TOP + rows.length * ROW + 30;
  const load = `${JUDGED.connections} connections, Wix answers at once`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img"
  aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13">
  <title id="title">Processor time per request, in microseconds</title>
  <desc id="desc">${describe(rows)}</desc>
  <style>
  text { fill: #1b222c; }
  .note { fill: #56606d; }
  .app { fill: #3b62b0; }
  .reference { fill: #c3c9d2; }
  </style>
  <rect width="${WIDTH}" height="${height}" fill="#fff" />
  <text x="20" y="28" font-weight="600" font-size="15">Microseconds of processor per request, ${load}</text>
  ${legend()}
${rows.map((row, index) => drawRow(row, TOP + index * ROW, longest)).join("\n")}
  <text class="note" x="20" y="${height - 12}" font-size="12">${
    escape(`${machine.processor}, ${machine.cores} cores, Deno ${machine.deno}`)
  }</text>
</svg>
`;
}

function legend(): string {
  return (["app", "reference"] as const).map((target, index) => {
    const x = 20 + index * 120;
    return `<rect class="${target}" x="${x}" y="42" width="12" height="12" />` +
      `<text x="${x + 18}" y="53">${NAMES[target]}</text>`;
  }).join("");
}

function drawRow({ title, cells }: Row, y: number, longest: number): string {
  const bars = cells.map((cell, index) => {
    const width = cell.cpuMicroseconds / longest * (WIDTH - LEFT - RIGHT);
    const top = y + 4 + index * (BAR + 3);
    const share = cell.cpuShare;
    const label = cell.cpuMicroseconds.toFixed(0) +
      (share === undefined ? "" : ` (${share.toFixed(2)})`);
    return `  <rect class="${cell.target}" x="${LEFT}" y="${top}" ` +
      `width="${width.toFixed(1)}" height="${BAR}" />\n` +
      `  <text x="${(LEFT + width + 6).toFixed(1)}" y="${
        top + 12
      }">${label}</text>`;
  });
  return `  <text x="20" y="${y + 20}">${escape(title)}</text>\n${
    bars.join("\n")
  }`;
}

function describe(rows: readonly Row[]): string {
  return rows.map(({ title, cells }) => {
    const values = cells.map(({ target, cpuMicroseconds }) =>
      `${NAMES[target]} ${cpuMicroseconds.toFixed(0)}`
    );
    return escape(`${title}: ${values.join(", ")}.`);
  }).join(" ");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
