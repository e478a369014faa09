// The engine's own pages, rendered in the app's layout. Without
// JSX: an app's compiler options apply to a package's source.

import { type ComponentType, h } from "preact";
import type { ErrorDescription } from "./describe_error.ts";

/** Props of an error page. */
export interface ErrorPageProps {
  readonly description: ErrorDescription;
  /** Of the log line; `undefined` for what is not logged, such as a 404. */
  readonly reference: string | undefined;
  readonly retryUrl: string;
  readonly loginUrl: string;
}

/** Props of the page that keeps a form while the member logs in again. */
export interface ResubmitFormProps {
  /** URL that the form was sent to. */
  readonly action: string;
  readonly fields: URLSearchParams;
  readonly loginUrl: string;
}

/** Shown where the app has no page of its own. */
export const PlainErrorPage: ComponentType<ErrorPageProps> = (
  { description: { title, detail, action, hint }, reference, ...urls },
) =>
  h("section", null, [
    h("h1", null, title),
    h("p", null, detail),
    hint === undefined ? null : h("p", null, `For developers: ${hint}`),
    h("p", null, [
      action === "login" && h("a", { href: urls.loginUrl }, "Log in"),
      action === "retry" && h("a", { href: urls.retryUrl }, "Try again"),
      " ",
      h("a", { href: "/" }, "Back to home"),
    ]),
    reference === undefined ? null : h("p", null, `Reference: ${reference}`),
  ]);

/** Shown where the app has no page of its own. */
export const PlainResubmitForm: ComponentType<ResubmitFormProps> = (
  { action, fields, loginUrl },
) =>
  h("section", null, [
    h("h1", null, "You are no longer logged in"),
    h(
      "p",
      null,
      "Nothing was saved. Log in in a new tab, come back to this page, and " +
        "send the form again.",
    ),
    h("form", { method: "post", action }, [
      ...[...fields].map(([name, value]) =>
        h("input", { key: name, type: "hidden", name, value })
      ),
      h("a", { href: loginUrl, target: "_blank" }, "Log in in a new tab"),
      " ",
      h("button", { type: "submit" }, "Send again"),
    ]),
  ]);
