import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { requireGroup } from "#domains/prompts/character-groups.service.ts";
import { metadataConditions } from "#domains/prompts/characters.service.ts";
import { lockTargets } from "#domains/prompts/lock-targets.ts";
import { addEntries, type DraftFragment } from "#domains/prompts/logic/fragment-entries.ts";
import type { FragmentEntry } from "#domains/prompts/logic/resolution-types.ts";
import { fragmentsOf, mergeList } from "#domains/prompts/merge-entries.ts";
import { fragmentEntriesInput, maxEntries } from "#domains/prompts/overrides.service.ts";
import { requireTarget } from "#domains/prompts/override-target.ts";
import { requireSceneType } from "#domains/prompts/scene-types.service.ts";
import { countUses, storeOverrides } from "#domains/prompts/store-overrides.ts";
import { requireTemplate } from "#domains/prompts/templates.service.ts";
import { requireWritableSlots } from "#domains/prompts/writable-slots.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Character, PromptOverride } from "#platform/db/generated/client.ts";

/** Characters that one call reaches. */
const maxCharacters = 2_000;

export interface ApplyRequest {
  sceneTypeId: string;
  slotIds: readonly string[];
  /** A character must fit all that is given. */
  characters: {
    projectId?: string | undefined;
    groupId?: string | undefined;
    characterIds?: readonly string[] | undefined;
    metadata?: unknown;
  };
  fragments?: readonly DraftFragment[] | undefined;
  /** Its entries come before `fragments`. */
  templateId?: string | undefined;
  dryRun: boolean;
}

/** What becomes of the override of one character and slot. */
export interface FragmentsChange {
  character: Character;
  sceneTypeId: string;
  slotId: string;
  before: FragmentEntry[];
  after: FragmentEntry[];
  added: FragmentEntry[];
}

export interface Applied {
  /** Only those that something is added to. */
  changes: FragmentsChange[];
  unchangedCount: number;
}

/**
 * Adds fragment entries to the overrides of many characters, all or none; entries that an override has already are not added
 * again. A dry run answers what would change and writes nothing. Statements do not grow with the characters.
 * @throws ValidationError, NotFoundError (scene type, slot, template, fragment, project, group, character), ForbiddenError
 *   (code SLOT_LOCKED)
 */
export async function applyFragments(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  request: ApplyRequest,
): Promise<Applied> {
  const { fragments: drafts } = parseInput(z.object({ fragments: fragmentEntriesInput }), {
    fragments: request.fragments ?? [],
  });
  const { sceneTypeId } = request;
  const slotIds = [...new Set(request.slotIds)];
  if (slotIds.length === 0) throw ValidationError.at(["slotIds"], "name at least one slot");
  return db.prisma.$transaction(
    async (tx) => {
      await requireSceneType(tx, viewer, sceneTypeId);
      const slots = request.slotIds.map((slotId, index) => ({ slotId, path: ["slotIds", String(index)] }));
      await requireWritableSlots(tx, sceneTypeId, slots);
      const template =
        request.templateId === undefined ? null : await requireTemplate(tx, request.templateId, ["templateId"]);
      const entries = [...(template ? fragmentsOf(template) : []), ...(await mergeList(tx, [], drafts))];
      if (entries.length === 0) throw ValidationError.at(["fragments"], "give fragments or a template to apply");
      const characters = await findCharacters(tx, viewer, request.characters);
      const targets = characters.map(({ id }) => ({ targetId: id, sceneTypeId }));
      if (!request.dryRun) await lockTargets(tx, targets);
      const stored = await tx.promptOverride.findMany({
        where: { sceneTypeId, slotId: { in: slotIds }, targetId: { in: targets.map(({ targetId }) => targetId) } },
      });
      const byKey = new Map(stored.map((override) => [`${override.targetId} ${override.slotId}`, override]));
      const planned = characters.flatMap((character) =>
        slotIds.map((slotId) => plan(character, slotId, sceneTypeId, byKey.get(`${character.id} ${slotId}`), entries)),
      );
      const changed = planned.filter(({ change }) => change.added.length > 0);
      if (!request.dryRun) {
        await storeOverrides(
          tx,
          viewer,
          { scope: "CHARACTER", sceneTypeId },
          changed.map(({ change, stored }) => ({
            id: uuidv7(),
            targetId: change.character.id,
            slotId: change.slotId,
            text: stored?.text ?? null,
            fragments: change.after,
            notes: stored?.notes ?? null,
          })),
        );
        await countUses(
          tx,
          changed.flatMap(({ change }) => change.added.flatMap(({ fragmentId }) => fragmentId ?? [])),
        );
      }
      return { changes: changed.map(({ change }) => change), unchangedCount: planned.length - changed.length };
    },
    { maxWait: 15_000, timeout: 60_000 },
  );
}

function plan(
  character: Character,
  slotId: string,
  sceneTypeId: string,
  stored: PromptOverride | undefined,
  entries: readonly FragmentEntry[],
): { change: FragmentsChange; stored: PromptOverride | undefined } {
  const before = stored ? fragmentsOf(stored) : [];
  const { entries: after, added } = addEntries(before, entries);
  if (after.length > maxEntries)
    throw ValidationError.at(["fragments"], `${character.name} would have more than ${maxEntries} entries in one slot`);
  return { change: { character, sceneTypeId, slotId, before, after, added }, stored };
}

async function findCharacters(
  tx: PrismaTx,
  viewer: Viewer,
  { projectId, groupId, characterIds, metadata }: ApplyRequest["characters"],
): Promise<Character[]> {
  if (projectId === undefined && groupId === undefined && characterIds === undefined)
    throw ValidationError.at(["characters"], "say which characters: of a project, of a group, or by id");
  if (projectId !== undefined)
    await requireTarget(tx, viewer, { scope: "PROJECT", targetId: projectId }, ["characters", "projectId"]);
  if (groupId !== undefined) await requireGroup(tx, viewer, groupId, ["characters", "groupId"]);
  if (characterIds !== undefined) await requireCharacters(tx, viewer, characterIds);
  const found = await tx.character.findMany({
    where: {
      AND: [
        ofProject(viewer),
        projectId === undefined ? {} : { projectId },
        groupId === undefined ? {} : { groupId },
        characterIds === undefined ? {} : { id: { in: [...characterIds] } },
        ...metadataConditions(metadata ?? {}, ["characters"]),
      ],
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: maxCharacters + 1,
  });
  if (found.length > maxCharacters)
    throw ValidationError.at(["characters"], `more than ${maxCharacters} characters; narrow it by group or metadata`);
  return found;
}

/** A character that was named must be there; one that a filter leaves out is not missing. */
async function requireCharacters(tx: PrismaTx, viewer: Viewer, ids: readonly string[]): Promise<void> {
  if (ids.length > maxCharacters)
    throw ValidationError.at(["characters", "characterIds"], `at most ${maxCharacters} characters at once`);
  const found = await tx.character.findMany({
    where: { AND: [{ id: { in: [...ids] } }, ofProject(viewer)] },
    select: { id: true },
  });
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0) throw new NotFoundError("The character", ["characters", "characterIds", String(missing)]);
}
