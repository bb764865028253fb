import {
  type Attributes,
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";

type Carrier = Record<string, string | string[] | undefined>;

export interface TracedOptions {
  kind?: "server" | "client" | "internal" | "consumer";
  /** Never texts that people wrote, and no secrets: whoever runs the collector reads them. */
  attributes?: Attributes;
  /** What the work goes on with, when that is not what happens here already. */
  from?: Carrier | undefined;
}

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
  consumer: SpanKind.CONSUMER,
};

/** Does the work as a span. Next to nothing when nobody traces: see start-tracing.ts. */
export function traced<Result>(
  name: string,
  { kind = "internal", attributes = {}, from }: TracedOptions,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const active = context.active();
  const parent = from && !trace.getSpan(active) ? propagation.extract(active, from) : active;
  const tracer = trace.getTracer("callsheet");
  return tracer.startActiveSpan(name, { kind: kinds[kind], attributes }, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      // Messages can hold what people wrote.
      const type = error instanceof Error ? error.name : "Error";
      span.setAttribute("error.type", type);
      span.setStatus({ code: SpanStatusCode.ERROR, message: type });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** By which work that is stored now and done later belongs to what happens here; null when nobody traces. */
export function currentTraceparent(): string | null {
  const span = trace.getActiveSpan()?.spanContext();
  if (!span || !isSpanContextValid(span)) return null;
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier["traceparent"] ?? null;
}

/** Does something as a part of what was stored. */
export function continuing<Result>(traceparent: string | null | undefined, work: () => Result): Result {
  return traceparent ? context.with(propagation.extract(ROOT_CONTEXT, { traceparent }), work) : work();
}

/** Headers by which the other side can go on with the trace; none when nobody traces. */
export function traceHeaders(): Record<string, string> {
  const carrier: Record<string, string> = {};
  if (trace.getActiveSpan()) propagation.inject(context.active(), carrier);
  return carrier;
}
