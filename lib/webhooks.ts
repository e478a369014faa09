/**
 * Events that Wix sends when something at the site changes, such as a product.
 *
 * @see https://dev.wix.com/docs/build-apps/develop-your-app/api-integrations/events-and-webhooks/about-webhooks
 * @module
 */
import { readRequestBody } from "@fresh-wix/core";
import { readConfig } from "@fresh-wix/core/settings";
import { AppStrategy, createClient } from "@wix/sdk";

/** An event, with the fields that all types share. */
export interface WixEvent {
  /** Such as `wix.stores.catalog.v3.product_updated`. */
  readonly eventType: string;
  readonly entityId: string | undefined;
  /** The changed entity, with the fields of the REST API; missing in some events. */
  readonly entity: Readonly<Record<string, unknown>>;
}

const { clientId: appId, webhookKey: publicKey } = readConfig();
const client = publicKey === undefined
  ? undefined
  : createClient({ auth: AppStrategy({ appId, publicKey }) });

const MAX_BYTES = 1024 * 1024;
/** The latest events that this process handles or has handled, by their ids. */
const events = new Map<string, Promise<void>>();
const MAX_EVENTS = 1_000;

/**
 * Verifies an event and calls `handle` once, even if Wix or another sender
 * repeats it. Wix expects the response within 1.25 seconds, and resends the
 * event if `handle` throws.
 *
 * @returns 200, 403 for an event without a valid signature of Wix, 413 for a body
 * over 1 MiB, or 503 without `WIX_CLIENT_PUBLIC_KEY`.
 */
export async function receiveEvent(
  request: Request,
  handle: (event: WixEvent) => void | Promise<void>,
): Promise<Response> {
  if (client === undefined) {
    return reply(503, "Cannot verify events: WIX_CLIENT_PUBLIC_KEY is not set");
  }
  const body = await readRequestBody(request, MAX_BYTES);
  if (typeof body === "string") return reply(413, `The event is ${body}`);
  const verified = await client.webhooks.process(new TextDecoder().decode(body))
    .catch((error: Error) => error);
  // The reason may be a wrong setting.
  if (verified instanceof Error) {
    return reply(403, `Cannot verify the event: ${verified.message}`);
  }
  const { eventType, payload } = verified as Verified;
  const { id = "", createdEvent, deletedEvent, updatedEvent } = payload;
  const event = {
    eventType,
    entityId: payload.entityId,
    entity: createdEvent?.entity ?? updatedEvent?.currentEntity ??
      deletedEvent?.deletedEntity ?? {},
  };
  // Wix may repeat an event before it is handled.
  const earlier = events.get(id);
  const handling = earlier ?? (async () => await handle(event))();
  if (id !== "") events.set(id, handling);
  const [oldest] = events.keys();
  if (events.size > MAX_EVENTS && oldest) events.delete(oldest);
  try {
    await handling;
  } catch (error) {
    events.delete(id);
    throw error;
  }
  return reply(200, `The event was handled${earlier ? " before" : ""}`);
}

/** The fields used here, as Wix sends them. */
interface Verified {
  readonly eventType: string;
  readonly payload: {
    readonly id?: string;
    readonly entityId?: string;
    readonly createdEvent?: { readonly entity?: WixEvent["entity"] };
    readonly updatedEvent?: { readonly currentEntity?: WixEvent["entity"] };
    readonly deletedEvent?: { readonly deletedEntity?: WixEvent["entity"] };
  };
}

function reply(status: number, text: string): Response {
  return new Response(`${text}\n`, { status });
}
