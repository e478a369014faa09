/**
 * Sends forms as a browser does, with the values of all fields.
 *
 * @module
 */
import type { Browser, Page } from "./browser.ts";
import { findForm, formData } from "./document.ts";

/** Returns the data of the form around `selector`. */
export function formOf(page: Page, selector: string): URLSearchParams {
  return formData(findForm(page, selector));
}

/** Sends a form from a page of the app, and follows redirects. */
export async function send(
  browser: Browser,
  path: string,
  body: URLSearchParams | string,
): Promise<Page> {
  return await browser.open(path, formRequest(path, body));
}

/** Sends a form and returns the response, without following redirects. */
export async function sendOnly(
  browser: Browser,
  path: string,
  body: URLSearchParams | string,
): Promise<Page> {
  return await browser.request(path, formRequest(path, body));
}

function formRequest(path: string, body: URLSearchParams | string) {
  return {
    method: "POST",
    body: String(body),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      referer: path,
    },
  };
}

/** Returns a copy of form data with some fields changed. */
export function withFields(
  data: URLSearchParams,
  fields: Record<string, string>,
): URLSearchParams {
  const copy = new URLSearchParams(data);
  for (const [name, value] of Object.entries(fields)) copy.set(name, value);
  return copy;
}
