import type { ErrorPageProps } from "@fresh-wix/core";

/** The error page: what happened, and what to do next. */
export function ErrorPage(
  { description, reference, retryUrl, loginUrl }: ErrorPageProps,
) {
  const { status, title, detail, action, hint } = description;
  return (
    <section class="error-page">
      {/* A cancelled login has status 200: it is not an error. */}
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
        {action === "home" && <a class="button" href="/">Back to home</a>}
        {action !== "home" && <a href="/">Back to home</a>}
      </p>
      {reference !== undefined && (
        <p class="reference">
          Reference: <code>{reference}</code>
        </p>
      )}
    </section>
  );
}
