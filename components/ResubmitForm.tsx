import type { ResubmitFormProps } from "@fresh-wix/core";

/** Keeps a form's values while the member logs in again in a new tab. */
export function ResubmitForm(
  { action, fields, loginUrl }: ResubmitFormProps,
) {
  return (
    <section class="error-page">
      <h1>You are no longer logged in</h1>
      <p>
        Your changes were not saved. Keep this page open: log in in a new tab,
        then return here and send the form again.
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
