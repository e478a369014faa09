/** What the checkout page needs besides the style of every hosted page. */
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
