import type { Config } from "#app/config.ts";
import { simulatedReply } from "#app/start/simulated-reply.ts";
import type { CloseStack } from "#lib/close-stack.ts";
import type { LlmSettings } from "#platform/llm/llm.ts";
import { startLlmSimulator } from "#platform/llm/simulator/llm-simulator.ts";

/** In ms before each word: slow enough to be seen coming. */
const wordMs = 15;

/**
 * The language model of the configuration. Where nothing real is configured at all, machines neither, a simulator stands in, so
 * that everything can be tried.
 */
export async function findLanguageModel(config: Config, closing: CloseStack): Promise<LlmSettings | undefined> {
  if (config.llm || config.comfyUrls.length > 0) return config.llm;
  const simulator = closing.use(await startLlmSimulator({ latencyMs: wordMs }));
  simulator.replyWith(simulatedReply);
  return simulator.settings;
}
