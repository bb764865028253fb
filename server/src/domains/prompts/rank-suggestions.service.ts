import type { Deps } from "#app/deps.ts";
import { inOrderOf, rankingAnswer } from "#domains/prompts/logic/ranking-answer.ts";
import type { FragmentSuggestion } from "#domains/prompts/suggest-fragments.service.ts";
import { UnavailableError } from "#lib/domain-error.ts";

/** Names the shape to the model, and to what stands in for one. */
export const rankingShape = "fragment_ranking";

/** How long, in ms, a list may wait for the model before it comes in the order that it has. */
const patience = 20_000;

const system = `You help to write prompts for pictures and clips. You are given a character, the prompt that is being written, and numbered
fragments of text that share words with the character's description. Order the fragments by how much they would add to this
prompt for this character, the most useful first: what fits the character and says something new before what repeats, what
contradicts the character last. Give each number with the reason in at most ten words. Invent no numbers.`;

/** For whom and for what fragments are wanted. */
export interface RankingContext {
  character: { name: string; metadata: unknown };
  slot: { label: string; type: string; text: string };
}

/**
 * The suggestions as a language model orders them. Without a model, or when it fails, they come as they were: nobody who wants
 * a fragment has to wait for a model to be mended.
 */
export async function rankSuggestions(
  { llm, log }: Pick<Deps, "llm" | "log">,
  context: RankingContext,
  suggestions: FragmentSuggestion[],
): Promise<FragmentSuggestion[]> {
  if (!llm.settings || suggestions.length < 2) return suggestions;
  const fragments = suggestions.map(({ fragment: { text, tags } }, index) => ({ number: index + 1, text, tags }));
  const prompt = JSON.stringify({ ...context, fragments }, null, 2);
  const request = { purpose: "relevance" as const, system, prompt, signal: AbortSignal.timeout(patience) };
  try {
    const { value, model } = await llm.writeObject(request, rankingAnswer, rankingShape);
    return inOrderOf(value, suggestions).map(({ candidate, why }) => ({ ...candidate, why, rankedBy: model }));
  } catch (error) {
    if (!(error instanceof UnavailableError) && !request.signal.aborted) throw error;
    log.info({ err: error }, "fragments come by their use: the language model did not order them");
    return suggestions;
  }
}
