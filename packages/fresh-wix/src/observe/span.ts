// Spans for traces, inside Deno's own span of the request (`OTEL_DENO=true`).
// See https://docs.deno.com/runtime/fundamentals/open_telemetry/

import { context, type Span, SpanStatusCode, trace } from "@opentelemetry/api";

const tracer = trace.getTracer("fresh-wix");

/**
 * Runs `work` in a span, whose name contains no ids. An error is only marked as
 * such: its message may contain what traces must not.
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

/** Marks a span as failed. */
export function markFailed(span: Span): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
}
