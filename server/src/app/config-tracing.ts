import { z } from "zod";
import { url } from "#app/config-values.ts";

/** OpenTelemetry's own names; what else it knows (headers, sampler, batches) its library reads itself. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: url("http:", "https:").optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url("http:", "https:").optional(),
  OTEL_TRACES_EXPORTER: z.string().default("otlp"),
  OTEL_SDK_DISABLED: z.string().default("false"),
  OTEL_SERVICE_NAME: z.string().min(1).max(200).default("callsheet"),
};

/** Traces of what the product does are sent to a collector. */
export interface TracingSettings {
  serviceName: string;
}

/** Undefined: nobody wants any. */
export function readTracing(values: z.infer<z.ZodObject<typeof tracingVariables>>): TracingSettings | undefined {
  const to = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? values.OTEL_EXPORTER_OTLP_ENDPOINT;
  const isOff = values.OTEL_SDK_DISABLED.toLowerCase() === "true" || values.OTEL_TRACES_EXPORTER === "none";
  return to === undefined || isOff ? undefined : { serviceName: values.OTEL_SERVICE_NAME };
}
