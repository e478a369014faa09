import { reply } from "../http/reply.ts";

/**
 * Takes what a client reports about itself and forgets it.
 *
 * The collectors of logs and traces answer as OTLP over HTTP does: an empty
 * object means that all was accepted
 * (https://opentelemetry.io/docs/specs/otlp/#otlphttp-response).
 */
export function collectReports(): Response {
  return reply({});
}
