/** Status and headers of a {@linkcode TextResponse}. */
export interface TextResponseInit {
  /** Default: 200. */
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A response whose text and headers are at hand, so that a server need not go
 * through streams and iterators. What is changed in `headers` is not sent.
 */
export class TextResponse extends Response {
  readonly ownHeaders: Readonly<Record<string, string>>;

  constructor(
    readonly wholeText: string,
    { status = 200, headers }: TextResponseInit,
  ) {
    super(wholeText, { status, headers });
    this.ownHeaders = headers;
  }
}
