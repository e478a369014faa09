import type { ErrorPageProps } from "@fresh-wix/core";

/** One sentence about what happened and one thing to do about it. */
export function ErrorPage(
  { description, reference, retryUrl, loginUrl }: ErrorPageProps,
) {
  const { status, title, detail, action, hint } = description;
  return (
    <section class="error-page">
      {/* A login that somebody cancelled is no error. */}
      {status >= 400 && <p class="status" aria-hidden="true">{status}</p>}
      <h1>{title}</h1>
      <p>{detail}</p>
      {hint !== undefined && (
        <p class="notice">
          <strong>For developers:</strong> {hint}
        </p>
      )}
      <p class="actions">
        {action === "login" && <a class="button" href={loginUrl}>Log in</a>}
        {action === "retry" && <a class="button" href={retryUrl}>Try again</a>}
        {action === "home" && <a class="button" href="/">Go to the start</a>}
        {action !== "home" && <a href="/">Go to the start</a>}
      </p>
      {reference !== undefined && (
        <p class="reference">
          Reference: <code>{reference}</code>
        </p>
      )}
    </section>
  );
}
