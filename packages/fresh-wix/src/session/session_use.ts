/**
 * Whether a response depends on the session, which decides how it is cached.
 *
 * @module
 */

/** What a request did with its session. */
export class SessionUse {
  #isNoted = false;
  #isForbidden = false;

  /** The session was read, or called Wix. */
  get isNoted(): boolean {
    return this.#isNoted;
  }

  /**
   * Notes that the session is read, or calls Wix.
   *
   * @throws {Error} after {@link forbid}: a body that is streamed depends on the
   * session, and caches would keep it for others.
   */
  readonly note = (): void => {
    if (this.#isForbidden) {
      throw new Error(
        "Cannot use the session: the response has begun, and says that caches " +
          "may keep it. Read the session before, or leave Cache-Control out.",
      );
    }
    this.#isNoted = true;
  };

  /** The response begins as one that does not depend on the session. */
  forbid(): void {
    this.#isForbidden = true;
  }
}
