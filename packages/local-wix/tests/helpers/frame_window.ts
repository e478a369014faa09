import { Browser } from "./browser.ts";

/** A message that a framed page has posted to the page around it. */
type Listener = (event: { readonly data: unknown }) => void;

/**
 * Puts as much of a web page into this process as the SDK's direct login needs:
 * frames that are opened by `browser`, and the messages that they post.
 * `using` takes it away again.
 */
export function frameWindow(browser = new Browser()): Disposable {
  const listeners = new Set<Listener>();
  const frames = new Set<Frame>();
  const body = {
    appendChild(frame: Frame) {
      frames.add(frame);
      void browser.get(frame.src).then(({ text }) => {
        const data = postedMessage(text);
        listeners.forEach((listener) => listener({ data }));
      });
      return frame;
    },
    removeChild: (frame: Frame) => void frames.delete(frame),
    contains: (frame: Frame) => frames.has(frame),
  };
  const createElement = (): Frame => ({
    style: {},
    src: "",
    parentElement: body,
  });
  const names = ["document", "window"] as const;
  const before = names.map((name) =>
    Object.getOwnPropertyDescriptor(globalThis, name)
  );
  const put = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, configurable: true });
  put("document", { body, createElement });
  put("window", {
    addEventListener: (_: string, listener: Listener) =>
      listeners.add(listener),
    removeEventListener: (_: string, listener: Listener) =>
      listeners.delete(listener),
  });
  return {
    [Symbol.dispose]() {
      for (const [index, name] of names.entries()) {
        Reflect.deleteProperty(globalThis, name);
        const own = before[index];
        if (own) Object.defineProperty(globalThis, name, own);
      }
    },
  };
}

interface Frame {
  readonly style: Record<string, string>;
  src: string;
  readonly parentElement: { removeChild(frame: Frame): void };
}

/** What the script of a page posts; throws when it posts nothing. */
function postedMessage(page: string): unknown {
  const message = /postMessage\((\{.*?\}), "\*"\)/.exec(page)?.[1];
  if (!message) throw new Error(`The page posts nothing: ${page}`);
  return JSON.parse(message);
}
