/**
 * V8's inspector of a running app: which files it has loaded, how much memory
 * is really in use, where its time goes.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/
 * @module
 */
import { findFreePort, waitUntilReady } from "@/tools/processes.ts";
import {
  asServer,
  type Project,
  type Server,
  spawnProject,
  type StartOptions,
} from "./servers.ts";

/** An event of the inspector. */
export interface InspectorEvent {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Answer extends Partial<InspectorEvent> {
  readonly id?: number;
  readonly result?: unknown;
}

/** A connection to one process. */
export class Inspector implements Disposable {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #lastId = 0;
  /** What has happened since the connection began, or was last emptied. */
  readonly events: InspectorEvent[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
  }

  /** Connects to the process whose inspector listens on `port`. */
  static async connect(port: number): Promise<Inspector> {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [target]: { webSocketDebuggerUrl: string }[] = await answer.json();
    const url = target?.webSocketDebuggerUrl ?? "";
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error("Cannot connect to inspector"));
    });
    return new Inspector(socket);
  }

  /** Sends a command; returns its result, `undefined` when it failed. */
  send(method: string, params = {}): Promise<unknown> {
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  #take({ id, result, method, params = {} }: Answer): void {
    if (method !== undefined) this.events.push({ method, params });
    if (id === undefined) return;
    this.#waiting.get(id)?.(result);
    this.#waiting.delete(id);
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}

/** A server that can be looked into. */
export interface InspectableServer extends Server {
  /**
   * Connects. While nobody is connected, looking costs nothing: a process that
   * is looked into keeps what it sends and is sent.
   */
  inspect(): Promise<Inspector>;
}

/** A server that is looked into. */
export interface InspectedServer extends Server {
  readonly inspector: Inspector;
}

/** Serves a built project with its inspector open to this machine. */
export async function startInspectable(
  project: Project,
  { env, flags = [] }: StartOptions,
): Promise<InspectableServer> {
  const port = findFreePort(0);
  const { process, origin } = spawnProject(project, {
    env,
    flags: [...flags, `--inspect=127.0.0.1:${port}`],
  });
  await waitUntilReady(`${origin}/healthz`, process);
  return {
    ...asServer(process, origin),
    inspect: () => Inspector.connect(port),
  };
}

/** The same, connected from the start. */
export async function startInspected(
  project: Project,
  options: StartOptions,
): Promise<InspectedServer> {
  const server = await startInspectable(project, options);
  const inspector = await server.inspect();
  return {
    ...server,
    inspector,
    async [Symbol.asyncDispose]() {
      inspector[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
