/**
 * A minimal browser: cookies, redirects and forms over HTTP.
 *
 * @module
 */
import { assert } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import { findForm, formData, parseDocument } from "./document.ts";

/** A response with its body. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The parsed body; a new document on each access. */
  readonly document: Document;
}

/** Options of a request. */
export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: BodyInit;
}

const MAX_REDIRECTS = 10;

/** Stores cookies by host name, as browsers do: ports share them. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();
  #at: URL;

  /** @param start URL to resolve relative paths against at first. */
  constructor(start: string) {
    this.#at = new URL(start);
  }

  /** Sends one request and does not follow redirects. */
  async request(target: string, options: RequestOptions = {}): Promise<Page> {
    const url = new URL(target, this.#at);
    const headers = new Headers(options.headers);
    const cookie = this.cookieHeader(url);
    if (cookie !== "") headers.set("cookie", cookie);
    const response = await fetch(url, {
      ...options,
      headers,
      redirect: "manual",
    });
    this.#store(url, response.headers);
    const body = await response.text();
    return {
      url,
      status: response.status,
      headers: response.headers,
      body,
      get document() {
        return parseDocument(body);
      },
    };
  }

  /** Opens a URL and follows redirects. */
  async open(target: string, options: RequestOptions = {}): Promise<Page> {
    let page = await this.request(target, options);
    for (let hop = 0; page.headers.has("location"); hop++) {
      assert(hop < MAX_REDIRECTS, `redirected in a loop at ${page.url}`);
      const location = page.headers.get("location") ?? "";
      page = await this.request(reachable(new URL(location, page.url).href));
    }
    this.#at = page.url;
    return page;
  }

  /** Submits the form around `selector`, with `fields` filled in. */
  async submit(
    page: Page,
    selector: string,
    fields: Record<string, string> = {},
  ): Promise<Page> {
    const form = findForm(page, selector);
    const data = formData(form);
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    const action = new URL(form.getAttribute("action") ?? "", page.url);
    const method = form.getAttribute("method")?.toUpperCase() ?? "GET";
    if (method === "GET") {
      action.search = data.toString();
      return await this.open(action.href);
    }
    return await this.open(action.href, {
      method,
      body: data,
      headers: {
        origin: page.url.origin,
        "sec-fetch-site": "same-origin",
        referer: page.url.href,
      },
    });
  }

  /** Sets a cookie as if a server had sent it. */
  setCookie(host: string, name: string, value: string): void {
    this.#jar(host).set(name, value);
  }

  /** Returns the `Cookie` header for `url`. */
  cookieHeader(url: URL): string {
    return [...this.#jar(url.hostname)]
      .map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #jar(host: string): Map<string, string> {
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    return jar;
  }

  #store(url: URL, headers: Headers): void {
    const jar = this.#jar(url.hostname);
    for (const cookie of getSetCookies(headers)) {
      const ended = cookie.maxAge === 0 ||
        cookie.expires !== undefined && Number(cookie.expires) <= Date.now();
      if (ended) jar.delete(cookie.name);
      else jar.set(cookie.name, cookie.value);
    }
  }
}

/** Returns the local URL of a Wix page that the app considers the real one. */
export function reachable(url: string): string {
  return url.replace(/^https:\/\/localhost:/, "http://localhost:");
}
