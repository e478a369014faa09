// Spans for traces, through the OpenTelemetry that Deno has built in. With
// `OTEL_DENO=true` they show up inside Deno's own span of the request; without
// it they cost next to nothing.
// See https://docs.deno.com/runtime/fundamentals/open_telemetry/

import { context, type Span, SpanStatusCode, trace } from "@opentelemetry/api";

const tracer = trace.getTracer("fresh-wix");

/**
 * Runs `work` in a span. Of an error the span tells only that there was one:
 * its message may hold what traces must not.
 * @param name The same for all people: no ids.
 */
export function inSpan<T>(
  name: string,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const span = tracer.startSpan(name);
  // Not exported, and making it the active one is most of what a span costs.
  if (!span.isRecording()) return work(span);
  return context.with(trace.setSpan(context.active(), span), async () => {
    try {
      return await work(span);
    } catch (error) {
      markFailed(span);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Makes a span one of those that traces show as failed. */
export function markFailed(span: Span): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
}
