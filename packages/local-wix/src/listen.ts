import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { serve, type ServeHandler } from "./http/serve.ts";
import { wait } from "./wait.ts";

const PORTS_TO_TRY = 100;
const GRACE_MILLISECONDS = 200;

/** Where to listen. */
export interface Address {
  readonly hostname: string;
  /** 0 means any free port. */
  readonly port: number;
}

/** A server that takes requests. */
export interface Listening {
  readonly port: number;
  /** Resolves once the last connection has ended. */
  readonly finished: Promise<void>;
  /** Closes the connections that carry no request. */
  dropIdleConnections(): void;
  /**
   * Frees the port at once, and cuts the connections whose answers are not
   * finished shortly after.
   */
  close(): Promise<void>;
}

/** Serves on the first free port, counting up from the one asked for. */
export async function listen(
  { hostname, port }: Address,
  handler: ServeHandler,
): Promise<Listening> {
  const { server, exchanges } = serve(handler);
  const taken = await bindFirstFree(server, { hostname, port });
  const finished = once(server, "close").then(() => {});
  const close = async () => {
    server.close();
    const done = new AbortController();
    const all = Promise.all(exchanges).then(() => done.abort());
    await wait(GRACE_MILLISECONDS, done.signal);
    server.closeAllConnections();
    await all;
    await finished;
  };
  return {
    port: taken,
    finished,
    dropIdleConnections: () => server.closeIdleConnections(),
    close,
  };
}

async function bindFirstFree(
  server: Server,
  { hostname, port }: Address,
): Promise<number> {
  const last = port === 0 ? 0 : Math.min(port + PORTS_TO_TRY - 1, 65_535);
  for (let candidate = port;; candidate++) {
    try {
      if (port > 0 && hostname === "127.0.0.1") {
        await assertFreeOnIpv6(candidate);
      }
      await bind(server, { hostname, port: candidate });
      break;
    } catch (error) {
      if (!isTaken(error) || candidate >= last) throw error;
    }
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

/** A browser that takes `localhost` for `::1` must not meet someone else. */
async function assertFreeOnIpv6(port: number): Promise<void> {
  const probe = createServer();
  try {
    await bind(probe, { hostname: "::1", port });
  } catch (error) {
    // Any other error: this machine has no ::1, and nothing can be taken there.
    if (isTaken(error)) throw error;
    return;
  }
  probe.close();
  await once(probe, "close");
}

async function bind(
  server: Server,
  { hostname, port }: Address,
): Promise<void> {
  server.listen(port, hostname);
  await once(server, "listening");
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error &&
    error.code === "EADDRINUSE";
}
