/** A response whose text is at hand, so that a server need not stream it. */
export class TextResponse extends Response {
  constructor(readonly wholeText: string, init: ResponseInit) {
    super(wholeText, init);
  }
}
