/**
 * Draws a result: how many requests per second each server handles.
 *
 * @module
 */
import { PAGES } from "./pages.ts";
import { type BenchResult, SITES } from "./result.ts";

const LEFT = 230;
const LONGEST = 320;
const BAR = 19;
const GROUP = 76;
const TOP = 66;

const KEYS = ["app", "node", "deno"] as const;

/** Returns the chart as SVG. */
export function drawChart({ rows }: BenchResult): string {
  const height = TOP + PAGES.length * GROUP;
  const legend = KEYS.map((key, index) =>
    bar(key, 20 + index * 150, 38, 12, SITES[key])
  );
  const groups = PAGES.map(({ name, title }, index) => {
    const own = rows.filter(({ page }) => page === name);
    const most = Math.max(...own.map((row) => row.requestsPerSecond));
    const top = TOP + index * GROUP;
    const bars = own.map(({ site, requestsPerSecond, multiple }, index) => {
      const key = KEYS.find((key) => SITES[key] === site) ?? "app";
      const text = requestsPerSecond.toFixed(0) +
        (multiple === undefined ? "" : ` (÷ ${multiple.toFixed(1)})`);
      const width = requestsPerSecond / most * LONGEST;
      return bar(key, LEFT, top + index * BAR, width, text);
    });
    return `<text x="20" y="${top + 12}">${title}</text>\n${bars.join("\n")}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 ${height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="13">
<title id="title">Requests per second of each server, by page</title>
<style>
.card { fill: #fff } text { fill: #1b222c }
.app { fill: #3b62b0 } .node { fill: #8f99a8 } .deno { fill: #c9d0d9 }
@media (prefers-color-scheme: dark) {
.card { fill: #161b22 } text { fill: #e6edf3 }
.app { fill: #7aa2f7 } .node { fill: #7d8794 } .deno { fill: #4c5563 }
}
</style>
<rect class="card" width="680" height="${height}" rx="8"/>
<text x="20" y="24" font-weight="600">Requests per second (more is better)</text>
${[...legend, ...groups].join("\n")}
</svg>
`;
}

function bar(key: string, x: number, y: number, width: number, text: string) {
  const end = (x + width + 6).toFixed(0);
  return `<rect class="${key}" x="${x}" y="${y}" width="${width.toFixed(1)}" ` +
    `height="${BAR - 4}"/><text x="${end}" y="${y + 12}">${text}</text>`;
}
