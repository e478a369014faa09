/**
 * Forms as a browser sends them: with everything that stands in their fields.
 *
 * @module
 */
import { assertExists } from "@std/assert";
import type { Browser, Page } from "./browser.ts";

/** Returns what a page's first form with `marker` in it would send as it is. */
export function formOf({ body, url }: Page, marker: string): URLSearchParams {
  const form = body.match(/<form\b[\s\S]*?<\/form>/g)?.find((text) =>
    text.includes(marker)
  );
  assertExists(form, `no form with ${marker} on ${url}`);
  const data = new URLSearchParams();
  for (const [field] of form.matchAll(/<input\b(?:"[^"]*"|[^">])*>/g)) {
    const isOff = /\stype="checkbox"/.test(field) && !/\schecked/.test(field);
    if (!isOff) {
      data.append(attribute(field, "name"), attribute(field, "value"));
    }
  }
  for (const [select] of form.matchAll(/<select\b[\s\S]*?<\/select>/g)) {
    const options = select.match(/<option\b[^>]*>/g) ?? [];
    const chosen = options.find((option) => /\sselected/.test(option)) ??
      options[0] ?? "";
    data.append(attribute(select, "name"), attribute(chosen, "value"));
  }
  return data;
}

/** Sends a form from a page of the app, and follows redirects. */
export async function send(
  browser: Browser,
  path: string,
  body: URLSearchParams | string,
): Promise<Page> {
  return await browser.open(path, formRequest(path, body));
}

/** Sends a form and returns the answer itself. */
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

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
