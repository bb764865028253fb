import { z } from "zod";
import type { StoryRelevance } from "#domains/stories/relevance/story-relevance.ts";
import { ProjectAssetType } from "#platform/db/generated/enums.ts";
import type { Llm } from "#platform/llm/llm.ts";

/** Names the shape to the model, and to what stands in for one. */
export const relevanceShape = "scene_relevance";

const system = `You prepare the shooting of a film, scene by scene. You are given one scene (its script and shots), how the scene before
ends, and the assets that the production has: characters, places and props, each with its id, its description and the state in
which it was last seen. Say which of these assets the scene needs, each with its id exactly as given, why it is needed in one
sentence, how it looks when the scene starts, and which of its tags still hold. Then name what the scene needs and the production
does not have yet, with its type and a description to draw it from. Leave out what the scene does not show. Invent no ids.`;

/** As a model is asked for it; what it gives is read more tolerantly. */
const answer = z.object({
  relevant: z.array(z.object({ id: z.string(), why: z.string(), description: z.string(), tags: z.array(z.string()) })),
  required: z.array(
    z.object({ type: z.enum(ProjectAssetType), name: z.string(), why: z.string(), description: z.string() }),
  ),
});

/** Asks the language model which assets a scene needs; without one it says what to start. */
export function modelRelevance(llm: Llm): StoryRelevance {
  return {
    ask: async (context) => {
      const prompt = JSON.stringify(context, null, 2);
      return (await llm.writeObject({ purpose: "relevance", system, prompt }, answer, relevanceShape)).value;
    },
  };
}
