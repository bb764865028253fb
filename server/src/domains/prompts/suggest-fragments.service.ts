import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import type { CharacterMetadata } from "#domains/prompts/characters.service.ts";
import { matchedWords, suggestionWords } from "#domains/prompts/logic/suggestion-words.ts";
import { fragmentsOf } from "#domains/prompts/merge-entries.ts";
import { rankSuggestions } from "#domains/prompts/rank-suggestions.service.ts";
import { requireSceneType } from "#domains/prompts/scene-types.service.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { Fragment } from "#platform/db/generated/client.ts";

export interface SuggestRequest {
  characterId: string;
  sceneTypeId: string;
  slotId: string;
  limit: number;
  /** Lets a language model order them, when there is one. */
  byModel?: boolean;
}

export interface FragmentSuggestion {
  fragment: Fragment;
  /** Words of the character's metadata that it has. */
  matched: string[];
  /** Overrides of the scene type that refer to it, as far as the viewer may see them. */
  usesInSceneType: number;
  /** The model that put it in its place; null in the order of use. */
  rankedBy: string | null;
  /** What that model says for it. */
  why: string | null;
}

/** At least how many a model chooses from, however few are asked for. */
const modelChoice = 40;

/**
 * Fragments whose tags or text have words of the character's metadata: the most used in the scene type first, then those
 * that match more words, the most used at all, the newest. Those that the slot has already are left out. With `byModel` a
 * language model puts the best of them in its own order.
 * @throws NotFoundError (scene type, character, slot)
 */
export async function suggestFragments(
  { db, llm, log }: Pick<Deps, "db" | "llm" | "log">,
  viewer: Viewer,
  { characterId, sceneTypeId, slotId, limit, byModel = false }: SuggestRequest,
): Promise<FragmentSuggestion[]> {
  const sceneType = await requireSceneType(db.prisma, viewer, sceneTypeId);
  const [character, slot, stored] = await Promise.all([
    db.prisma.character.findFirst({ where: { AND: [{ id: characterId }, ofProject(viewer)] } }),
    db.prisma.promptSlotText.findFirst({
      where: { slotId, versionId: sceneType.workflowVersionId },
      include: { slot: { select: { label: true, slotType: true } } },
    }),
    db.prisma.promptOverride.findFirst({ where: { targetId: characterId, sceneTypeId, slotId } }),
  ]);
  if (!character) throw new NotFoundError("The character", ["characterId"]);
  if (!slot) throw new NotFoundError("The prompt slot, in the workflow version of the scene type,", ["slotId"]);
  const words = suggestionWords(character.metadata as CharacterMetadata);
  if (words.length === 0) return [];
  const present = stored ? fragmentsOf(stored).flatMap(({ fragmentId }) => fragmentId ?? []) : [];
  const projects = viewer.projectIds === "all" ? null : viewer.projectIds;
  const { rows } = await db.pool.query<Fragment & { usesInSceneType: number }>({
    name: "suggest-fragments",
    text: suggestStatement,
    values: [sceneTypeId, queryOf(words), words, present, projects, byModel ? Math.max(limit, modelChoice) : limit],
  });
  const suggestions = rows.map(({ usesInSceneType, ...fragment }) => ({
    fragment,
    matched: matchedWords(words, fragment),
    usesInSceneType,
    rankedBy: null,
    why: null,
  }));
  if (!byModel) return suggestions;
  const context = {
    character: { name: character.name, metadata: character.metadata },
    slot: { label: slot.slot.label, type: slot.slot.slotType, text: stored?.text ?? slot.defaultText ?? "" },
  };
  return (await rankSuggestions({ llm, log }, context, suggestions)).slice(0, limit);
}

/** How many matches are ranked by how well they match: with common words there can be 100,000. */
const maxRanked = 1_000;

/**
 * $2 looks into text (A), tags and category (B); $3 finds tags of several words. Counts are of what the viewer may see. The
 * + 0 keeps Postgres from reading the library in its order until enough fit.
 */
const suggestStatement = `
  WITH uses AS (
    SELECT (entry->>'fragmentId')::uuid AS id, count(*)::int AS count
    FROM prompt_override o
      LEFT JOIN character_group g ON g.id = o.group_id LEFT JOIN "character" c ON c.id = o.character_id
      CROSS JOIN jsonb_array_elements(o.fragments) AS entry
    WHERE o.scene_type_id = $1 AND entry->>'fragmentId' IS NOT NULL
      AND ($5::uuid[] IS NULL OR coalesce(o.project_id, g.project_id, c.project_id) = ANY ($5))
    GROUP BY 1
  ), ranked AS (
    (SELECT f.id FROM fragment f WHERE f.search @@ to_tsquery('simple', $2) OR f.tags && $3::text[]
     ORDER BY f.usage_count + 0 DESC, f.id DESC LIMIT ${maxRanked})
    UNION SELECT id FROM uses
  )
  SELECT f.id, f.text, f.description, f.category, f.tags, f.usage_count AS "usageCount", f.created_at AS "createdAt",
    f.updated_at AS "updatedAt", coalesce(uses.count, 0) AS "usesInSceneType"
  FROM ranked JOIN fragment f USING (id) LEFT JOIN uses USING (id)
  WHERE (f.search @@ to_tsquery('simple', $2) OR f.tags && $3::text[]) AND f.id <> ALL ($4::uuid[])
  ORDER BY coalesce(uses.count, 0) DESC, ts_rank(f.search, to_tsquery('simple', $2)) DESC, f.usage_count DESC, f.id DESC
  LIMIT $6`;

/** Any of the words, in text, tags or category. They hold letters and digits only, or are whole values and quoted. */
function queryOf(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}':AB`).join(" | ");
}
