// The engine's data about a request in progress. Pages can't see it: it is
// stored separately, not in `ctx.state`.

import {
  type CookieJar,
  createCookieJar,
  readCookies,
} from "./http/cookies.ts";
import type { RequestSession } from "./session/request_session.ts";
import type { WixCall } from "./wix/request_context.ts";

/** Completes a response: cookies, headers. */
export type Finisher = (response: Response) => Response | Promise<Response>;

/** The record of one request. */
export class RequestRecord {
  /** Eight hex digits on the error page that identify its log line. */
  readonly reference: string = crypto.randomUUID().slice(0, 8);
  /** `requestLog` writes a line for this request. */
  logged = false;
  calls: readonly WixCall[] = [];
  /** A session cookie could not be decrypted. */
  cookieRefused = false;
  /** The error, if it should be logged. */
  error: unknown;
  /** Set by `wix.session`. */
  session: RequestSession | undefined;
  /** Steps that complete the app's own error page; inner ones come first. */
  readonly finishers: Finisher[] = [];
  /** The request's only jar. */
  readonly jar: CookieJar;

  constructor({ headers }: Request) {
    this.jar = createCookieJar(readCookies(headers.get("cookie") ?? ""));
  }
}

const records = new WeakMap<Request, RequestRecord>();

/** Returns the record of a request; a new one at first. */
export function getRecord({ req }: { readonly req: Request }): RequestRecord {
  const record = records.get(req) ?? new RequestRecord(req);
  records.set(req, record);
  return record;
}

/**
 * Returns the session of a request.
 * @throws {TypeError} when no step has opened it.
 */
export function getSession(ctx: { readonly req: Request }): RequestSession {
  const { session } = getRecord(ctx);
  if (session !== undefined) return session;
  throw new TypeError(
    "Cannot use the session: put wix.session before this step",
  );
}

/**
 * Runs the rest of a request and completes its response; when an error passes,
 * leaves that to {@link finishErrorPage}.
 */
export async function finishAfter(
  ctx: { readonly req: Request; next(): Promise<Response> },
  finish: Finisher,
): Promise<Response> {
  let response: Response;
  try {
    response = await ctx.next();
  } catch (error) {
    getRecord(ctx).finishers.push(finish);
    throw error;
  }
  return await finish(response);
}

/** Completes what Fresh rendered for an error that passed all steps. */
export async function finishErrorPage(
  req: Request,
  response: Response,
): Promise<Response> {
  let finished = response;
  for (const finish of records.get(req)?.finishers.splice(0) ?? []) {
    finished = await finish(finished);
  }
  return finished;
}
