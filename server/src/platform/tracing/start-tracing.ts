import { within } from "#lib/within.ts";
import type { Telemetry } from "bullmq";

export interface Tracing extends AsyncDisposable {
  /** For BullMQ, which carries traces from whoever adds a job to whoever does it. */
  telemetry: Telemetry;
}

/** How long closing waits for a collector that may be away, in ms. */
const closeMs = 2_000;

/**
 * Sends spans to a collector by OTLP over HTTP, as the variables `OTEL_*` say. What it takes is loaded only now: a process
 * that traces nothing pays nothing.
 */
export async function startTracing(settings: { serviceName: string; version: string }): Promise<Tracing> {
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, resources, { BullMQOtel }, api] =
    await Promise.all([
      import("@opentelemetry/sdk-trace-node"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
      import("bullmq-otel"),
      import("@opentelemetry/api"),
    ]);
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources;
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": settings.serviceName, "service.version": settings.version }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return {
    telemetry: new BullMQOtel({ tracerName: "callsheet", version: settings.version }),
    [Symbol.asyncDispose]: async () => {
      await within(closeMs, provider.shutdown());
      api.trace.disable();
      api.context.disable();
      api.propagation.disable();
    },
  };
}
