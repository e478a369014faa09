import { wait } from "../http/server.ts";
import type { Settings } from "../settings.ts";
import { signWebhook } from "./signing.ts";

/** Wix wants 200 within this time, and sends again otherwise. */
const TIMEOUT_MILLISECONDS = 1250;
const MAX_SHOWN = 50;

/** An event on its way. `data` is what it said when it happened. */
export interface WebhookEvent {
  readonly id: string;
  readonly eventType: string;
  readonly data: string;
}

/** What became of an event at one receiver. */
export interface Delivery {
  readonly eventId: string;
  readonly eventType: string;
  readonly url: string;
  readonly attempts: number;
  /** The last response's, or why there was none. */
  readonly outcome: number | string;
  readonly isDone: boolean;
}

/** What webhooks depend on. */
export interface WebhookSources {
  readonly settings: Settings;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
  /** The time of signatures: it runs on where Wix's clock stands still. */
  readonly now: () => number;
}

/** Sends events to the registered URLs. */
export class Webhooks {
  readonly #sources: WebhookSources;
  readonly #deliveries = new Map<object, Delivery>();
  /** Resolves once each event has been sent once. */
  readonly #sending = new Map<string, Promise<void>>();
  #waiting: WebhookEvent[] = [];
  #sequence = 0;

  constructor(sources: WebhookSources) {
    this.#sources = sources;
  }

  /** Whether a URL is registered: events cost nothing without one. */
  get isActive(): boolean {
    return this.#sources.settings.values.webhookUrls.length > 0;
  }

  /** The number of the next event, which orders those of one entity. */
  nextSequence(): number {
    return ++this.#sequence;
  }

  /** The latest deliveries, the newest first. */
  get deliveries(): readonly Delivery[] {
    return [...this.#deliveries.values()].reverse();
  }

  /** Keeps an event until what caused it is committed. */
  add(event: WebhookEvent): void {
    if (this.isActive) this.#waiting.push(event);
  }

  /**
   * Sends the events added since the last call, without waiting for receivers:
   * in their order or, of one call, reversed, each as often as the settings say.
   */
  flush(): void {
    const events = this.#waiting;
    this.#waiting = [];
    const { webhookUrls, webhookCopies, webhooksReversed } =
      this.#sources.settings.values;
    if (webhooksReversed) events.reverse();
    const copies: WebhookEvent[] = events.flatMap((event) =>
      Array(webhookCopies).fill(event)
    );
    if (copies.length === 0) return;
    for (const url of webhookUrls) {
      // Events of an earlier call come first.
      const before = this.#sending.get(url) ?? Promise.resolve();
      this.#sending.set(url, before.then(() => this.#sendAll(url, copies)));
    }
  }

  /** Forgets deliveries; events on their way still arrive. */
  reset(): void {
    this.#deliveries.clear();
    this.#waiting = [];
  }

  /** One after the other; what failed is sent again while others go on. */
  async #sendAll(url: string, events: readonly WebhookEvent[]): Promise<void> {
    for (const event of events) {
      const key = {};
      if (await this.#send(key, url, event, 1)) continue;
      void this.#sendAgain(key, url, event);
    }
  }

  async #sendAgain(
    key: object,
    url: string,
    event: WebhookEvent,
  ): Promise<void> {
    const { settings, closing } = this.#sources;
    const delays = settings.values.webhookRetryMilliseconds;
    for (const [index, delay] of delays.entries()) {
      await wait(delay, closing);
      if (closing.aborted) return;
      if (await this.#send(key, url, event, index + 2)) return;
    }
  }

  /** Whether the receiver took the event. */
  async #send(
    key: object,
    url: string,
    event: WebhookEvent,
    attempts: number,
  ): Promise<boolean> {
    const { closing, now } = this.#sources;
    const { id: eventId, eventType, data } = event;
    const timeout = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    let outcome: Delivery["outcome"];
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "text/plain" },
        body: signWebhook({ data }, now()),
        redirect: "manual",
        signal: AbortSignal.any([closing, timeout]),
      });
      await response.body?.cancel();
      outcome = response.status;
    } catch {
      outcome = timeout.aborted ? "too late" : "no connection";
    }
    const isDone = outcome === 200;
    const delivery = { eventId, eventType, url, attempts, outcome, isDone };
    this.#deliveries.set(key, delivery);
    const [oldest] = this.#deliveries.keys();
    if (oldest && this.#deliveries.size > MAX_SHOWN) {
      this.#deliveries.delete(oldest);
    }
    return isDone;
  }
}
