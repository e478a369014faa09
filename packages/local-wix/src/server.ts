import { Backend, type BackendOptions } from "./backend.ts";
import { type Controls, createControls } from "./console/controls.ts";
import { handle } from "./handler.ts";
import { listen } from "./http/server.ts";
import { ROUTES } from "./routes.ts";
import { openLogFile } from "./state/log_file.ts";

/** The first port that local Wix tries. */
export const DEFAULT_PORT = 4400;

/** How to start local Wix. */
export interface LocalWixOptions extends Omit<BackendOptions, "stateFile"> {
  /** File that keeps the state over restarts. Default: none. */
  readonly statePath?: string;
  /** First port to try; 0 means any free one. Default: 4400. */
  readonly port?: number;
  /** Address to listen on. Default: 127.0.0.1. */
  readonly hostname?: string;
  /** Certificate and key as PEM, for HTTPS. Default: none, HTTP. */
  readonly pem?: string;
}

/** A running local Wix; `await using` closes it. */
export interface LocalWix extends AsyncDisposable {
  /** Replaces `https://www.wixapis.com`; without trailing slash. */
  readonly origin: string;
  readonly controls: Controls;
  /** Resolves once the server has closed. */
  readonly finished: Promise<void>;
  /**
   * Frees the port and ends pending responses; those being sent have a moment
   * to finish, whatever their clients do.
   */
  close(): Promise<void>;
}

/**
 * Starts local Wix in this process, on real HTTP. Rejects when an option is
 * out of range, no port is free or the state file cannot be used.
 */
export async function startLocalWix(
  options: LocalWixOptions = {},
): Promise<LocalWix> {
  const { port = DEFAULT_PORT, hostname = "127.0.0.1", pem } = options;
  const backend = createBackend(options);
  let origin = "";
  const server = await listen(
    { port, hostname, pem },
    (request) => handle(request, backend, origin),
  ).catch((error) => {
    backend.state.close();
    throw error;
  });
  const scheme = pem === undefined ? "http" : "https";
  origin = `${scheme}://${browsableHost(hostname)}:${server.port}`;
  backend.dropIdleConnections = server.dropIdleConnections;
  const close = async () => {
    backend.close();
    await server.close();
    backend.state.close();
  };
  return {
    origin,
    controls: createControls(backend),
    finished: server.finished,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function createBackend(
  { statePath, ...options }: LocalWixOptions,
): Backend {
  const routeNames = ROUTES.map(({ name }) => name);
  if (statePath === undefined) return new Backend(options, routeNames);
  const stateFile = openLogFile(statePath);
  try {
    const backend = new Backend({ ...options, stateFile }, routeNames);
    backend.state.commit();
    return backend;
  } catch (error) {
    stateFile.close();
    throw error;
  }
}

/** The name by which a browser on this machine reaches `hostname`. */
function browsableHost(hostname: string): string {
  const here = ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"];
  if (here.includes(hostname)) return "localhost";
  return hostname.includes(":") ? `[${hostname}]` : hostname;
}
