/**
 * Sets up Wix: sessions, login, SDK client and error pages. Routes import it;
 * other modules of `lib/` don't, so that tests can use them without settings.
 *
 * @module
 */
import { createWix, type Wix } from "@fresh-wix/core";
import { ErrorPage } from "@/components/ErrorPage.tsx";
import { ResubmitForm } from "@/components/ResubmitForm.tsx";
import { CALLS } from "./gateway_calls.ts";

/** Middleware, route handlers and helpers; see the docs of `@fresh-wix/core`. */
export const wix: Wix = createWix({
  gateway: CALLS,
  errorPage: ErrorPage,
  resubmitForm: ResubmitForm,
});
