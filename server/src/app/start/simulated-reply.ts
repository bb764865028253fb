import { z } from "zod";
import { matchedWords, suggestionWords } from "#domains/prompts/logic/suggestion-words.ts";
import { rankingShape } from "#domains/prompts/rank-suggestions.service.ts";
import { relevanceShape } from "#domains/stories/relevance/ask-model.ts";
import { simulatedMark } from "#platform/llm/simulator/mark.ts";
import { type ChatRequest, textOf } from "#platform/llm/simulator/protocol.ts";
import { replyTo } from "#platform/llm/simulator/replies.ts";

const context = z.object({
  scene: z.object({
    script: z.string(),
    shots: z.array(z.object({ foreground: z.array(z.string()), background: z.array(z.string()) }).loose()),
  }),
  assets: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      lastState: z.object({ description: z.string(), statusTags: z.array(z.string()) }).nullable(),
    }),
  ),
});

const choice = z.object({
  character: z.object({ name: z.string(), metadata: z.record(z.string(), z.string()) }),
  fragments: z.array(z.object({ number: z.int(), text: z.string(), tags: z.array(z.string()) })),
});

/** What the demo's simulator says: to the questions of the studio something that makes sense, all else as it says it anyway. */
export async function simulatedReply(request: ChatRequest): Promise<string> {
  const asked = () => JSON.parse(textOf(request, "user")) as unknown;
  switch (request.response_format?.json_schema?.name) {
    case relevanceShape:
      return JSON.stringify(relevanceOf(context.parse(asked())));
    case rankingShape:
      return JSON.stringify(rankingOf(choice.parse(asked())));
    default:
      return chapterOf(request) ?? replyTo(request);
  }
}

/** The chapter's text in the usual prompt for translations, and in such as keep its end. */
const chapterIn = /\nChapter \d+: [^\n]*\n\n([^]+)\n\nAnswer with the translation only\.$/;

/** Of a chapter that is to be translated, the chapter, marked. */
function chapterOf(request: ChatRequest): string | undefined {
  return chapterIn.exec(textOf(request, "user"))?.[1]?.replaceAll(/^(?=\S)/gm, `${simulatedMark} `);
}

/** The fragments that share most words with the character come first. */
function rankingOf({ character, fragments }: z.infer<typeof choice>) {
  const words = suggestionWords(character.metadata);
  const ranked = fragments.map(({ number, ...fragment }) => ({ number, shared: matchedWords(words, fragment) }));
  return {
    ranking: ranked
      .toSorted((a, b) => b.shared.length - a.shared.length)
      .map(({ number, shared }) => ({ number, why: `${simulatedMark} ${character.name}: ${shared.join(", ")}` })),
  };
}

/** The assets that script or shots name, and as required who is in a shot and no asset. */
function relevanceOf({ scene, assets }: z.infer<typeof context>) {
  const told = `${scene.script} ${JSON.stringify(scene.shots)}`.toLowerCase();
  const named = assets.filter(({ name }) => told.includes(name.toLowerCase()));
  const known = new Set(assets.map(({ name }) => name.toLowerCase()));
  const cast = new Set(scene.shots.flatMap(({ foreground, background }) => [...foreground, ...background]));
  const strangers = [...cast].filter((name) => !known.has(name.toLowerCase()));
  return {
    relevant: named.map(({ id, name, description, lastState }) => ({
      id,
      why: `${simulatedMark} ${name} is named in the scene.`,
      description: lastState?.description ?? description,
      tags: lastState?.statusTags ?? [],
    })),
    required: strangers.map((name) => ({
      type: "CHARACTER",
      name,
      why: `${simulatedMark} ${name} is in a shot, and no locked asset is called that.`,
      description: "",
    })),
  };
}
