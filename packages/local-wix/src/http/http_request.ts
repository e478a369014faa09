/** What local Wix needs to know of a request: a `Request` in small. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: { get(name: string): string | null };
  /** The body; can be read once. */
  text(): Promise<string>;
}
