import { Html } from "../http/html.ts";

/** What the console's style sheet has beyond that of the hosted pages. */
export const CONSOLE_STYLE = new Html(`
  header h1 { margin-top: 1rem; }
  h3 { font-size: 1rem; margin: 0 0 .5rem; }
  section { margin-top: 1.75rem; min-width: 0; }
  section > h2 { margin-top: 0; }
  .facts {
    display: grid; gap: .5rem 1.5rem; margin: 0;
    grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
  }
  .facts dt { color: var(--soft); font-size: .8rem; }
  .controls button { white-space: nowrap; }
  .facts dt::first-letter { text-transform: uppercase; }
  .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
  .waiting {
    padding: .8rem 1rem; border-radius: .75rem; background: var(--notice);
  }
  .waiting ul { margin: 0; }
  .controls {
    display: grid; gap: 1rem; align-items: start;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
  }
  .controls > form, .controls > div {
    padding: 1rem; border: 1px solid var(--line); border-radius: .75rem;
  }
  .controls label {
    display: block; margin-bottom: .75rem; font-size: .875rem;
    color: var(--soft);
  }
  .controls h3:not(:first-child) { margin-top: 1rem; }
  .row { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: .5rem; }
  .row button { flex: 1 1 auto; padding: .45rem .7rem; font-weight: 500; }
  button.small { padding: .2rem .6rem; font-size: .8rem; }
  button.danger { color: var(--warn); border-color: currentColor; }
  select, input:not([type="hidden"]) {
    display: block; width: 100%; padding: .5rem .6rem; margin-top: .2rem;
    font: inherit; color: var(--ink); background: var(--card);
    border: 1px solid var(--soft); border-radius: .5rem;
  }
  .scroll {
    overflow-x: auto; max-height: 26rem; border: 1px solid var(--line);
    border-radius: .75rem;
  }
  table { width: 100%; border-collapse: collapse; font-size: .875rem; }
  th, td {
    padding: .4rem .8rem; text-align: left; white-space: nowrap;
    overflow-wrap: normal;
  }
  th {
    position: sticky; top: 0; background: var(--card); color: var(--soft);
    font-weight: 600; box-shadow: inset 0 -1px var(--line);
  }
  tbody tr + tr { border-top: 1px solid var(--line); }
  td { font-variant-numeric: tabular-nums; }
  td code {
    display: block; max-width: 30rem; overflow: hidden; text-overflow: ellipsis;
  }
  .status { font-weight: 600; }
  .s2 { color: var(--accent); }
  .s4, .s5 { color: var(--warn); }
  .who.none { color: var(--soft); }
  .who.member { font-weight: 600; }
`);
