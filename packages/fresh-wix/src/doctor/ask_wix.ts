/**
 * Questions to Wix, and what counts as an answer.
 *
 * @module
 */

/** What came back: an answer, or a reason why there is none. */
export type Reply =
  | {
    readonly kind: "answer";
    /** 200, or Wix said no. */
    readonly status: number;
    readonly body: Readonly<Record<string, unknown>>;
    readonly headers: Headers;
  }
  | Silence;

/** No answer; another try may get one. */
export interface Silence {
  readonly kind: "silence";
  /** Follows "Whether … could not be checked: ". */
  readonly why: string;
}

/** Asks one question: a path of the API, and what to send. */
export type AskWix = (path: string, question?: Question) => Promise<Reply>;

/** What to send. */
export interface Question {
  /** Sent as JSON by POST; without one the question is a GET. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What {@link createAskWix} needs. */
export interface AskWixOptions {
  /** Origin that answers instead of Wix, such as that of local Wix. */
  readonly wixApiOrigin: string | undefined;
  readonly fetch: typeof fetch;
  /** Milliseconds until an answer must be complete. */
  readonly timeoutMs: number;
}

/** Returns how to ask Wix. */
export function createAskWix(
  { wixApiOrigin = "https://www.wixapis.com", fetch, timeoutMs }: AskWixOptions,
): AskWix {
  return async (path, { body, headers } = {}) => {
    try {
      const response = await fetch(wixApiOrigin + path, {
        method: body === undefined ? "GET" : "POST",
        headers: {
          ...headers,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      const { status } = response;
      if (isSilence(status)) return silence(`Wix answered ${status}`);
      const fields = parseObject(text);
      // What Wix says no to needs no body; what it says yes to does.
      if (fields === undefined && status === 200) {
        return silence(
          "something answered that is not Wix, such as a proxy on the way",
        );
      }
      return {
        kind: "answer",
        status,
        body: fields ?? {},
        headers: response.headers,
      };
    } catch (error) {
      return silence(whyFailed(error, timeoutMs));
    }
  };
}

/** Returns whether a status is a request to come again, and no answer. */
export function isSilence(status: number): boolean {
  return status === 429 || status >= 500;
}

/** Returns why a request failed, in words. */
export function whyFailed(error: unknown, timeoutMs: number): string {
  return error instanceof DOMException && error.name === "TimeoutError"
    ? `no answer came within ${timeoutMs / 1000} seconds`
    : "the connection failed";
}

function silence(why: string): Silence {
  return { kind: "silence", why };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Returns `value` when it is an object. */
export function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? { ...value } : undefined;
}

/** Returns `value` when it is a text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Returns the code in a refusal, such as `invalid_client`, with its status. */
export function refusalOf(
  { status, body }: { status: number; body: Readonly<Record<string, unknown>> },
): string {
  const application = objectOf(objectOf(body.details)?.applicationError);
  const code = textOf(body.error) ?? textOf(application?.code);
  return code === undefined ? String(status) : `${status} ${code}`;
}
