/**
 * Wix in this app: sessions, login, the SDK's client, error pages. Pages and
 * routes import it; pure code of `lib/` does not, because it needs settings.
 *
 * @module
 */
import { createWix, type Wix } from "@fresh-wix/core";
import { ErrorPage } from "@/components/ErrorPage.tsx";
import { ResubmitForm } from "@/components/ResubmitForm.tsx";
import { CALLS } from "./gateway_calls.ts";

/** Steps, handlers and helpers; see the docs of `@fresh-wix/core`. */
export const wix: Wix = createWix({
  gateway: CALLS,
  errorPage: ErrorPage,
  resubmitForm: ResubmitForm,
});
