import { z } from "zod";
import { normaliseStatusTags } from "#domains/stories/logic/status-tags.ts";
import { toStorable } from "#lib/storable-text.ts";
import { ProjectAssetType } from "#platform/db/generated/enums.ts";

const text = z.string().default("");

/** What a language model is to answer: which assets a scene needs, of those that there are and beyond. */
export const relevanceAnswer = z.object({
  relevant: z
    .array(z.object({ id: z.string(), why: text, description: text, tags: z.array(z.string()).default([]) }))
    .default([]),
  required: z
    .array(z.object({ type: z.enum(ProjectAssetType), name: z.string(), why: text, description: text }))
    .default([]),
});
export type RelevanceAnswer = z.output<typeof relevanceAnswer>;

/** An asset that is suggested for a scene, as it is stored. */
export interface Suggestion {
  /** Null for one that there is not yet. */
  projectAssetId: string | null;
  type: ProjectAssetType;
  name: string;
  description: string;
  statusTags: string[];
  reason: string;
}

interface KnownAsset {
  id: string;
  type: ProjectAssetType;
  name: string;
  isLocked: boolean;
}

/** More than these nobody looks through. */
export const maxSuggestions = 50;
const longest = { name: 200, description: 10_000, reason: 1_000, tag: 60, tags: 100 };

/**
 * What is suggested by an answer. Ids that are not among the locked assets are dropped; what the scene has is no suggestion;
 * a new asset that there is already, under that type and name, is the one there is. Texts are cut to what can be stored.
 */
export function suggestionsOf(
  { relevant, required }: RelevanceAnswer,
  assets: readonly KnownAsset[],
  inScene: ReadonlySet<string>,
): Suggestion[] {
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const byName = new Map(assets.map((asset) => [keyOf(asset), asset]));
  const suggestions = new Map<string, Suggestion>();
  const add = (suggestion: Suggestion): void => {
    const isThere = suggestion.projectAssetId !== null && inScene.has(suggestion.projectAssetId);
    if (!isThere && !suggestions.has(keyOf(suggestion))) suggestions.set(keyOf(suggestion), suggestion);
  };
  for (const { id, why, description, tags } of relevant) {
    const asset = byId.get(id);
    if (!asset?.isLocked) continue;
    const statusTags = normaliseStatusTags(tags.map((tag) => cut(tag, longest.tag))).slice(0, longest.tags);
    const { type, name } = asset;
    add({ projectAssetId: id, type, name, ...textsOf(description, why), statusTags });
  }
  for (const { type, why, description, ...given } of required) {
    const name = cut(given.name, longest.name);
    if (name === "") continue;
    const known = byName.get(keyOf({ type, name }));
    add({
      projectAssetId: known?.id ?? null,
      type,
      name: known?.name ?? name,
      ...textsOf(description, why),
      statusTags: [],
    });
  }
  return [...suggestions.values()].slice(0, maxSuggestions);
}

const keyOf = ({ type, name }: Pick<KnownAsset, "type" | "name">): string => `${type} ${name.trim().toLowerCase()}`;

const textsOf = (description: string, reason: string) => ({
  description: cut(description, longest.description),
  reason: cut(reason, longest.reason),
});

/** Cut before it is made storable: half a character at the cut is mended, too. */
function cut(given: string, length: number): string {
  return (toStorable(given.trim().slice(0, length)) as string).trim();
}
