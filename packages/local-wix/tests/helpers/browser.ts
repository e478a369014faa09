/** A browser without a screen: keeps cookies and follows no redirects. */
export class Browser {
  readonly #jar = new Map<string, { value: string; path: string }>();

  /** Opens `url` and returns the answer with its body read. */
  async get(url: string): Promise<Page> {
    return await this.#send(url, { method: "GET" });
  }

  /** Submits a form to `url`. */
  async submit(url: string, fields: Record<string, string>): Promise<Page> {
    const body = new URLSearchParams(fields);
    return await this.#send(url, { method: "POST", body });
  }

  /** Changes the value of every cookie. */
  setCookies(change: (value: string) => string): void {
    for (const [name, { value, path }] of this.#jar) {
      this.#jar.set(name, { value: change(value), path });
    }
  }

  async #send(url: string, init: RequestInit): Promise<Page> {
    const { pathname } = new URL(url);
    const cookie = [...this.#jar]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join("; ");
    const headers = { ...(cookie && { cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    const setCookies = response.headers.getSetCookie();
    setCookies.forEach((line) => this.#keep(line));
    return {
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

/** What the browser got. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly location: string | null;
  readonly setCookies: readonly string[];
  readonly text: string;
}
