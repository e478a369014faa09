/** The style sheet of the hosted pages. */
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
    grid-template-columns: minmax(0, 1fr); place-items: center; background: var(--back); color: var(--ink);
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
