import type { ComponentChildren } from "preact";

/** The error of one field. */
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
 * The errors of a form, with links to the fields. It gets the focus when the
 * page loads, so that screen readers read it first.
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
