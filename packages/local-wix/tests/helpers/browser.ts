/** A browser without a screen: keeps cookies, follows redirects on request. */
export class Browser {
  readonly #jar = new Map<string, { value: string; path: string }>();

  /** Opens `url`. */
  async get(url: string): Promise<Page> {
    return await this.#send(url, { method: "GET" });
  }

  /** Submits a form to `url`. */
  async submit(url: string, fields: Record<string, string>): Promise<Page> {
    const body = new URLSearchParams(fields);
    const headers = { origin: new URL(url).origin };
    return await this.#send(url, { method: "POST", body, headers });
  }

  /** The page that `page` redirects to in the end; itself if it does not. */
  async follow(page: Page): Promise<Page> {
    if (page.location === null) return page;
    const url = new URL(page.location, page.url).href;
    return await this.follow(await this.get(url));
  }

  async #send(url: string, init: RequestInit): Promise<Page> {
    const { pathname } = new URL(url);
    const cookie = [...this.#jar]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join("; ");
    const headers = new Headers(init.headers);
    if (cookie) headers.set("cookie", cookie);
    headers.set("accept", "text/html");
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    const setCookies = response.headers.getSetCookie();
    setCookies.forEach((line) => this.#keep(line));
    return {
      url,
      status: response.status,
      headers: response.headers,
      location: response.headers.get("location"),
      setCookies,
      text: await response.text(),
    };
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split("; ");
    const [name = "", value = ""] = pair.split("=");
    const path = attributes.find((text) => text.startsWith("Path="));
    if (attributes.includes("Max-Age=0")) this.#jar.delete(name);
    else this.#jar.set(name, { value, path: path?.slice(5) ?? "/" });
  }
}

/** A response, as the browser received it. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly location: string | null;
  readonly setCookies: readonly string[];
  readonly text: string;
}
