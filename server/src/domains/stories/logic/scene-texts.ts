import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import type { PromptSnapshot } from "#domains/queue/submit/submit-input.ts";
import { composedText } from "#domains/stories/logic/composed-text.ts";
import { namesOf, type PromptCollection } from "#domains/stories/logic/prompt-collection.ts";

export interface TextSlot {
  id: string;
  nodeId: string;
  inputName: string;
  label: string;
}

/** What a scene's texts are made of. */
export interface SceneTextSource {
  /** Names of prompts or compositions by slot: the branch's, and the scene's own over them. */
  mapping: ReadonlyMap<string, string>;
  own: PromptCollection;
  fallback: PromptCollection;
  libraries: readonly SubstitutionLibrary[];
}

export interface SceneTexts {
  /** Of the slots that are mapped. */
  prompts: PromptSnapshot[];
  /** Names that neither the scene nor its branch has. */
  missing: { slotLabel: string; name: string }[];
  /** Library keys that no library has. */
  unknownKeys: string[];
}

/** The texts of one run of a scene. @param seed what entries of libraries are drawn from */
export function sceneTexts(slots: readonly TextSlot[], source: SceneTextSource, seed: bigint): SceneTexts {
  const texts: SceneTexts = { prompts: [], missing: [], unknownKeys: [] };
  for (const { id, nodeId, inputName, label: slotLabel } of slots) {
    const name = source.mapping.get(id);
    if (name === undefined) continue;
    const found = composedText(source.own, source.fallback, name, source.libraries, seed);
    if (!found) {
      texts.missing.push({ slotLabel, name });
      continue;
    }
    texts.unknownKeys.push(...found.unknown);
    texts.prompts.push({ nodeId, inputName, slotLabel, text: found.text, source: "OVERRIDE" });
  }
  return texts;
}

/** Names that a slot of the scene can be given. */
export function mappableNames({ own, fallback }: Pick<SceneTextSource, "own" | "fallback">): string[] {
  return [...new Set([...namesOf(own), ...namesOf(fallback)])].toSorted();
}
