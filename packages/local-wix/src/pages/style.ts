/** The style sheet of every page. */
export const STYLE = `
  :root {
    color-scheme: light dark;
    --back: #f2f1ec; --card: #fff; --ink: #1d211c; --soft: #5c6459;
    --line: #d9dbd2; --accent: #2f6140; --on-accent: #fff;
    --picked: #e9f1ea; --warn: #a3271c; --notice: #fdf3d7;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --back: #141713; --card: #1e221d; --ink: #eceee8; --soft: #a5ad9f;
      --line: #383e36; --accent: #8fce9f; --on-accent: #10200f;
      --picked: #26332a; --warn: #ff9c8f; --notice: #332c16;
    }
  }
  * { box-sizing: border-box; }
  body {
    margin: 0; padding: 1rem; min-height: 100vh; display: grid;
    grid-template-columns: minmax(0, 1fr); place-items: center;
    background: var(--back); color: var(--ink);
    font: 1rem/1.5 system-ui, sans-serif;
  }
  main {
    width: 100%; max-width: 27rem; padding: 1.5rem; border-radius: 1rem;
    box-shadow: 0 1px 2px #0001, 0 12px 32px #0000000f;
    background: var(--card); border: 1px solid var(--line);
    overflow-wrap: anywhere;
  }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 1.25rem 0 .25rem; }
  h2 { font-size: 1.1rem; margin: 1.25rem 0 .25rem; }
  p { margin: 0 0 1rem; }
  main > :last-child { margin-bottom: 0; }
  ul { margin: 0 0 1rem; padding-left: 1.1rem; }
  a { color: var(--accent); }
  code { font-size: .9em; }
  .wide main { max-width: 75rem; }
  .notice {
    margin: 0; padding: .6rem .8rem; border-radius: .6rem;
    background: var(--notice); font-size: .875rem;
  }
  .soft { color: var(--soft); }
  .error { color: var(--warn); font-weight: 600; }
  fieldset { border: 0; margin: 0 0 1rem; padding: 0; min-width: 0; }
  legend, .label { padding: 0; font-weight: 600; margin-bottom: .4rem; }
  .accounts {
    max-height: 19rem; overflow-y: auto; border: 1px solid var(--line);
    border-radius: .75rem;
  }
  .account {
    display: flex; gap: .75rem; align-items: center; padding: .6rem .8rem;
    cursor: pointer;
  }
  .account + .account { border-top: 1px solid var(--line); }
  .account:has(:checked) { background: var(--picked); }
  .account:has(:focus-visible) {
    outline: 2px solid var(--accent); outline-offset: -2px;
  }
  .account input { accent-color: var(--accent); flex: none; margin: 0; }
  .account span { display: block; min-width: 0; }
  .account .avatar {
    flex: none; width: 2.25rem; height: 2.25rem; border-radius: 50%;
    display: grid; place-items: center; font-weight: 600; font-size: .85rem;
    background: var(--picked); color: var(--accent);
  }
  .account:has(:checked) .avatar {
    background: var(--accent); color: var(--on-accent);
  }
  .account small { color: var(--soft); display: block; line-height: 1.35; }
  .label { display: block; }
  input[type="password"] {
    width: 100%; padding: .65rem .8rem; font: inherit; color: inherit;
    background: transparent; border: 1px solid var(--soft);
    border-radius: .6rem;
  }
  input[type="password"]:focus-visible, button:focus-visible {
    outline: 2px solid var(--accent); outline-offset: 2px;
  }
  .hint { font-size: .875rem; color: var(--soft); margin: .35rem 0 1.25rem; }
  .actions { display: flex; gap: .75rem; }
  button {
    flex: 1; padding: .7rem 1rem; font: inherit; font-weight: 600;
    border-radius: .6rem; border: 1px solid var(--line); cursor: pointer;
    background: transparent; color: inherit;
  }
  button.primary {
    flex: 2; background: var(--accent); color: var(--on-accent);
    border-color: var(--accent);
  }
`;

/** What the checkout page needs besides. */
export const CHECKOUT_STYLE = `
  main:has(.checkout) { max-width: 60rem; }
  .checkout { display: grid; gap: 0 2.5rem; margin-top: 1rem; }
  .checkout h2 { margin: 0 0 .6rem; }
  .checkout legend { font-size: 1.1rem; }
  .summary {
    align-self: start; padding: 1rem; margin-bottom: 1.5rem;
    border: 1px solid var(--line); border-radius: .75rem;
  }
  .summary ul { list-style: none; padding: 0; margin: 0 0 .75rem; }
  .summary li, .summary dl > div {
    display: flex; justify-content: space-between; gap: 1rem;
  }
  .summary li { padding: .35rem 0; }
  .summary li span:last-child, .summary dd {
    flex: none; font-variant-numeric: tabular-nums;
  }
  .summary small { display: block; color: var(--soft); line-height: 1.35; }
  .summary dl {
    margin: 0; padding-top: .75rem; border-top: 1px solid var(--line);
  }
  .summary dd { margin: 0; }
  .summary .total { font-weight: 700; font-size: 1.15rem; margin-top: .4rem; }
  .summary p { margin: .75rem 0 0; }
  .update { display: flex; gap: .75rem; align-items: center; margin: 1rem 0 0; }
  .update button { flex: none; padding: .45rem .8rem; font-weight: 400; }
  .update .hint { margin: 0; }
  .fields {
    display: grid; grid-template-columns: 1fr 1fr; gap: .9rem;
    margin-bottom: 1.25rem;
  }
  .field { min-width: 0; }
  .email, .addressLine, .country { grid-column: 1 / -1; }
  .field label { display: block; font-weight: 600; margin-bottom: .3rem; }
  .field input, .field select {
    width: 100%; padding: .65rem .8rem; font: inherit; color: inherit;
    background: var(--card); border: 1px solid var(--soft);
    border-radius: .6rem;
  }
  .field [aria-invalid] { border-color: var(--warn); }
  .field input:focus-visible, .field select:focus-visible {
    outline: 2px solid var(--accent); outline-offset: 2px;
  }
  .field .error { font-size: .875rem; margin: .3rem 0 0; }
  @media (min-width: 48rem) {
    .checkout { grid-template-columns: 1fr 20rem; }
    .summary { grid-column: 2; grid-row: 1; }
  }
`;

/** What the console needs besides. */
export const CONSOLE_STYLE = `
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
`;
