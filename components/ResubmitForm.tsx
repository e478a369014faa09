import type { ResubmitFormProps } from "@fresh-wix/core";

/** Keeps what a member entered while they log in again, in another tab. */
export function ResubmitForm(
  { action, fields, loginUrl }: ResubmitFormProps,
) {
  return (
    <section class="error-page">
      <h1>You are no longer logged in</h1>
      <p>
        Nothing was saved. What you entered is kept on this page, and only here:
        log in in a new tab, come back to this one, and send it again.
      </p>
      <form class="actions" method="post" action={action}>
        {[...fields].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <a class="button" href={loginUrl} target="_blank">
          Log in in a new tab
        </a>
        <button type="submit">Send again</button>
      </form>
    </section>
  );
}
