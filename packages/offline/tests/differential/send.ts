import { request } from "node:http";

/** A request as it goes over the wire: nothing in it is normalized. */
export interface RawRequest {
  readonly method: string;
  /** The request target, such as `/a/../b`. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A response with its body read. */
export interface Reply {
  /** 0 when the server closed the connection without a response. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const TIMEOUT_MS = 10_000;

/** Sends one request on a connection of its own; follows no redirect. */
export async function send(
  origin: string,
  { method, target, headers = {}, body = "" }: RawRequest,
): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const fail = () => resolve({ status: 0, headers: new Headers(), body: "" });
  const outgoing = request(origin, {
    method,
    path: target,
    agent: false,
    timeout: TIMEOUT_MS,
    headers: {
      ...(body !== "" && { "content-length": new Blob([body]).size }),
      ...headers,
    },
  }, async (incoming) => {
    const { statusCode: status = 0, rawHeaders } = incoming;
    const headers = new Headers();
    for (let i = 0; i < rawHeaders.length; i += 2) {
      headers.append(rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
    }
    const chunks = await Array.fromAsync(incoming).catch(() => []);
    resolve({ status, headers, body: await new Blob(chunks).text() });
  });
  outgoing.on("error", fail).on("timeout", () => outgoing.destroy());
  outgoing.end(body);
  return await promise;
}
