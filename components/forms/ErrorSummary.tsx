import type { ComponentChildren } from "preact";

/** What is wrong with one field. */
export interface FieldProblem {
  /** Id of the field. */
  field: string;
  label: string;
  problem: string;
}

interface ErrorSummaryProps {
  title: string;
  problems?: readonly FieldProblem[];
  children?: ComponentChildren;
}

/**
 * What is wrong with a form, at its top, with links to the fields. It has the
 * focus when the page comes, so that it is read first, without a script too.
 */
export function ErrorSummary(
  { title, problems = [], children }: ErrorSummaryProps,
) {
  return (
    <div class="notice" data-kind="bad" role="alert" tabIndex={-1} autofocus>
      <h2>{title}</h2>
      {children}
      {problems.length > 0 && (
        <ul class="problems">
          {problems.map(({ field, label, problem }) => (
            <li key={field}>
              <a href={`#${field}`}>{label}</a>: {problem}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
