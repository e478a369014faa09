/**
 * Clients that never come to an end, and what they cost.
 *
 * @module
 */

/** When a slow client got a response, and which. */
export interface SlowResponse {
  /** 0 when the connection ended without one. */
  readonly status: number;
  readonly seconds: number;
}

/** What gets no response until then gets none. */
const PATIENCE_MS = 15_000;

/** A request that is sent byte by byte, one each second. */
export class SlowRequest implements Disposable {
  /** Settles with the first byte of a response, or the connection's end. */
  readonly response: Promise<SlowResponse>;
  readonly #connection: Deno.Conn;
  readonly #timers: readonly ReturnType<typeof setInterval>[];

  private constructor(connection: Deno.Conn) {
    const startedAt = performance.now();
    this.#connection = connection;
    this.#timers = [
      setInterval(() => this.#send("a").catch(() => {}), 1_000),
      setTimeout(() => this[Symbol.dispose](), PATIENCE_MS),
    ];
    this.response = this.#read().then((text) => ({
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
      seconds: (performance.now() - startedAt) / 1_000,
    }));
  }

  /**
   * Connects to the server at `origin`, and sends what comes at once.
   *
   * @param head Lines; an empty one ends them.
   */
  static async open(
    origin: string,
    head: readonly string[],
  ): Promise<SlowRequest> {
    const { port } = new URL(origin);
    const request = new SlowRequest(
      await Deno.connect({ hostname: "127.0.0.1", port: Number(port) }),
    );
    await request.#send(head.join("\r\n"));
    return request;
  }

  async #send(text: string): Promise<void> {
    await this.#connection.write(new TextEncoder().encode(text));
  }

  async #read(): Promise<string> {
    const buffer = new Uint8Array(1_024);
    const length = await this.#connection.read(buffer).catch(() => null);
    return new TextDecoder().decode(buffer.subarray(0, length ?? 0));
  }

  /** Disconnects. */
  [Symbol.dispose](): void {
    this.#timers.forEach(clearInterval);
    try {
      this.#connection.close();
    } catch {
      // Closed already.
    }
  }
}

/** Returns the lines of a form or JSON that never arrives whole. */
export function slowPost(
  target: string,
  { origin, type = "application/x-www-form-urlencoded", headers = [] }: {
    origin: string;
    type?: string;
    headers?: readonly string[];
  },
): string[] {
  return [
    `POST ${target} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    `Origin: ${origin}`,
    `Content-Type: ${type}`,
    "Content-Length: 1000",
    ...headers,
    ...["", ""],
  ];
}

/** Returns how much memory a process has, in bytes; `peak` since {@link resetPeak}. */
export function memoryOf({ pid }: { readonly pid: number }): {
  now: number;
  peak: number;
} {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const bytes = (name: string) =>
    1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}

/** Forgets the most memory that a process had so far. */
export function resetPeak({ pid }: { readonly pid: number }): void {
  Deno.writeTextFileSync(`/proc/${pid}/clear_refs`, "5");
}
