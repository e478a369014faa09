/**
 * Everything that is measured, started together.
 *
 * @module
 */
import type { Session } from "@/packages/fresh-wix/src/session/session.ts";
import { localSettings } from "@/tests/helpers/app.ts";
import { buildIfChanged } from "@/tools/build.ts";
import { type Packages, ROOT } from "@/tools/packages.ts";
import { findFreePort } from "@/tools/processes.ts";
import { Generator } from "./generator.ts";
import { type LocalWixProcess, startLocalWix } from "./local_wix_process.ts";
import { giveFirstProcessor, leaveFirstProcessor } from "./processors.ts";
import {
  type ReferenceSessions,
  SESSIONS_VARIABLE,
} from "./reference/by_hand/sessions.ts";
import { buildReference, buildStepless } from "./reference_project.ts";
import type { Visitor } from "./scenarios.ts";
import {
  type PlacedProject,
  type Project,
  type Server,
  type StartOptions,
  startPrinting,
  startProject,
  startSideBySide,
} from "./servers.ts";
import { cookieHeader, expired, SESSION_SECRET, Sessions } from "./sessions.ts";

/** What is compared, begun for one scenario: the apps in one process. */
export interface RigServers extends AsyncDisposable {
  /** This app, as it is built. */
  readonly app: Server;
  /** The same pages without what is around them; see `reference_project.ts`. */
  readonly reference: Server;
  /** This app without the session step and the Wix client's. */
  readonly stepless: Server;
  /** The least that a server can do: one text for everything, by itself. */
  readonly bare: Server;
}

/** The load generator, local Wix, and the cookies of those who ask. */
export interface Rig extends AsyncDisposable {
  readonly generator: Generator;
  readonly wix: LocalWixProcess;
  /** `Cookie` headers to send in rotation. */
  readonly cookies: Readonly<Record<Visitor, readonly string[]>>;
  /** The app's project and settings, to start it again. */
  readonly project: Project;
  readonly settings: Readonly<Record<string, string>>;
  /**
   * Starts the servers, for one scenario: a page is slower where V8 has
   * compiled its code for other pages as well, and not every server answers
   * every page.
   */
  startServers(): Promise<RigServers>;
  /** Starts the app by itself. */
  startApp(): Promise<Server>;
  /** Starts the reference app by itself. */
  startReference(): Promise<Server>;
}

/**
 * More than the app remembers renewals of, so that each request that comes
 * with one of these has to renew.
 */
const EXPIRED_SESSIONS = 2_000;

/** Builds everything, and starts what all servers use. */
export async function startRig(packages: Packages): Promise<Rig> {
  await using stack = new AsyncDisposableStack();
  const project = await builtApp(packages);
  const referenceCopy = stack.use(await buildReference(packages));
  const steplessCopy = stack.use(await buildStepless(packages));
  const wix = stack.use(await startLocalWix());
  const known = await new Sessions(wix.origin).forReference();
  const settings = appSettings(wix.origin);
  const options = withSessions(known, settings);
  const cookies = await cookiesOf(known);
  const startServers = async (): Promise<RigServers> => {
    await using stack = new AsyncDisposableStack();
    const placed = {
      app: place(project),
      reference: place(referenceCopy),
      stepless: place(steplessCopy),
    };
    const server = stack.use(
      await startSideBySide(Object.values(placed), options),
    );
    const on = ({ port }: PlacedProject) => ({
      ...server,
      origin: `http://127.0.0.1:${port}`,
    });
    const app = on(placed.app);
    const reference = on(placed.reference);
    const stepless = on(placed.stepless);
    const bare = stack.use(await startBare(app, cookies.visitor));
    for (const { pid } of [app, bare]) await giveFirstProcessor(pid);
    const moved = stack.move();
    return {
      app,
      reference,
      stepless,
      bare,
      [Symbol.asyncDispose]: () => moved.disposeAsync(),
    };
  };
  const generator = stack.use(await Generator.start());
  for (const { pid } of [wix, generator]) await leaveFirstProcessor(pid);
  const moved = stack.move();
  return {
    generator,
    wix,
    cookies,
    project,
    settings,
    startServers,
    startApp: () => startProject(project, { env: settings }),
    startReference: () => startProject(referenceCopy, options),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

function place({ root }: Project): PlacedProject {
  return { root, port: findFreePort(0) };
}

/** Starts a server that answers with the home page of `app`. */
async function startBare(
  { origin }: Server,
  [cookie = ""]: readonly string[],
): Promise<Server> {
  const home = await (await fetch(origin, { headers: { cookie } })).text();
  const file = new URL("./bare_server.ts", import.meta.url).pathname;
  return await startPrinting(
    ["run", "--no-config", "--allow-net", file, home],
  );
}

/**
 * Returns this project, built.
 *
 * @throws {Error} when it does not build.
 */
export async function builtApp(packages: Packages): Promise<Project> {
  if (await buildIfChanged(packages)) {
    return { root: ROOT };
  }
  throw new Error("Cannot measure: the app does not build");
}

/** Returns the settings of an app in front of the local Wix at `wixOrigin`. */
export function appSettings(wixOrigin: string): Record<string, string> {
  return { ...localSettings(wixOrigin), SESSION_SECRET };
}

/** Returns how to start an app that is given its sessions. */
export function withSessions(
  sessions: ReferenceSessions,
  settings: Readonly<Record<string, string>>,
): StartOptions {
  return {
    env: { ...settings, [SESSIONS_VARIABLE]: JSON.stringify(sessions) },
    flags: [`--allow-env=${SESSIONS_VARIABLE}`],
  };
}

async function cookiesOf(
  { visitor, member }: { visitor: Session; member: Session },
): Promise<Rig["cookies"]> {
  return {
    nobody: [],
    visitor: [await cookieHeader(visitor)],
    member: [await cookieHeader(member)],
    "member-expired": await Promise.all(
      Array.from(
        { length: EXPIRED_SESSIONS },
        (_, index) => cookieHeader(expired(member, index)),
      ),
    ),
  };
}
