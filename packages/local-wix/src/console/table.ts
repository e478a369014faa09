import { type Html, html } from "../http/html.ts";

/** What a table shows. */
export interface TableOptions {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** Said in place of a table without rows. */
  readonly empty: string;
}

/** A section with a table that scrolls sideways where it has no room. */
export function table(
  title: string,
  { columns, rows, empty }: TableOptions,
): Html {
  return html`
    <section>
      <h2>${title}</h2>
      ${rows.length === 0 ? html`<p class="soft">${empty}</p>` : html`
        <div class="scroll" tabindex="0" role="region" aria-label="${title}">
          <table>
            <thead>
              <tr>${columns.map((name) =>
                html`<th scope="col">${name}</th>`
              )}</tr>
            </thead>
            <tbody>${rows.map((cells) =>
              html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`
            )}</tbody>
          </table>
        </div>
      `}
    </section>
  `;
}
