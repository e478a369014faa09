/**
 * Clients that never come to an end, and what they cost.
 *
 * @module
 */

/** What gets no response until then gets none. */
const PATIENCE_MS = 15_000;

/** A request that is sent byte by byte, one each second. */
export interface SlowRequest extends Disposable {
  /** Of the response's first byte, or the connection's end: then 0. */
  readonly response: Promise<{ status: number; seconds: number }>;
}

/**
 * Connects to the server at `origin`, and sends what comes at once.
 *
 * @param head Lines; an empty one ends them.
 */
export async function send(
  origin: string,
  head: readonly string[],
): Promise<SlowRequest> {
  const { port } = new URL(origin);
  const connection = await Deno.connect({ port: Number(port) });
  const startedAt = performance.now();
  const write = (text: string) =>
    connection.write(new TextEncoder().encode(text)).catch(() => {});
  await write(head.join("\r\n"));
  const drip = setInterval(() => write("a"), 1_000);
  const patience = setTimeout(() => end(), PATIENCE_MS);
  const end = () => {
    clearInterval(drip);
    clearTimeout(patience);
    connection[Symbol.dispose]();
  };
  const read = async () => {
    const buffer = new Uint8Array(1_024);
    await connection.read(buffer).catch(() => {});
    const [, status] = new TextDecoder().decode(buffer).split(" ");
    const seconds = (performance.now() - startedAt) / 1_000;
    return { status: Number(status ?? 0), seconds };
  };
  return { response: read(), [Symbol.dispose]: end };
}

export const FORM = "Content-Type: application/x-www-form-urlencoded";
export const GATEWAY = ["Content-Type: application/json", "X-Wix-Gateway: 1"];

/** Returns the lines of a post whose body never arrives whole. */
export const post = (target: string, origin: string, ...lines: string[]) => [
  `POST ${target} HTTP/1.1`,
  `Host: ${new URL(origin).host}`,
  `Origin: ${origin}`,
  "Content-Length: 1000",
  ...[...lines, "", ""],
];

/** Returns how much memory a process has, in bytes, and had since {@link resetPeak}. */
export function readMemory({ pid }: { readonly pid: number }) {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const bytes = (name: string) =>
    1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}

/** Forgets the most memory that a process had so far. */
export function resetPeak({ pid }: { readonly pid: number }): void {
  Deno.writeTextFileSync(`/proc/${pid}/clear_refs`, "5");
}
