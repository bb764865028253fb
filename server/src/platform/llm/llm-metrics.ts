import { Counter, Histogram, type Registry } from "prom-client";
import type { Llm, LlmAnswer, LlmRequest } from "#platform/llm/llm.ts";
import { UnavailableError } from "#lib/domain-error.ts";
import { traced } from "#platform/tracing/tracing.ts";

/** The same model, with what it is asked for counted, timed and traced; what was written and asked stays out of both. */
export function measured(llm: Llm, registry: Registry): Llm {
  const registers = [registry];
  const requests = new Counter({
    name: "callsheet_llm_requests_total",
    help: "What the language model was asked for, by purpose and outcome: answered, remembered, or the code of the failure.",
    labelNames: ["purpose", "outcome"],
    registers,
  });
  const times = new Histogram({
    name: "callsheet_llm_request_seconds",
    help: "Time of answers that were not remembered, waiting for their turn included.",
    labelNames: ["purpose"],
    buckets: [0.5, 2, 5, 15, 30, 60, 180],
    registers,
  });
  const measure = <Value>({ purpose }: LlmRequest, ask: () => Promise<LlmAnswer<Value>>): Promise<LlmAnswer<Value>> =>
    traced(`llm ${purpose}`, { kind: "client", attributes: { "callsheet.llm.purpose": purpose } }, async () => {
      const begun = performance.now();
      try {
        const answer = await ask();
        requests.inc({ purpose, outcome: answer.isRemembered ? "remembered" : "answered" });
        if (!answer.isRemembered) times.observe({ purpose }, (performance.now() - begun) / 1000);
        return answer;
      } catch (error) {
        requests.inc({ purpose, outcome: error instanceof UnavailableError ? error.code : "OTHER" });
        throw error;
      }
    });
  return {
    settings: llm.settings,
    status: () => llm.status(),
    writeText: (request) => measure(request, () => llm.writeText(request)),
    writeObject: (request, schema, name) => measure(request, () => llm.writeObject(request, schema, name)),
    streamText: (request, onText) => measure(request, () => llm.streamText(request, onText)),
  };
}
