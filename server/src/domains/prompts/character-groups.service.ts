import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Character, CharacterGroup } from "#platform/db/generated/client.ts";

const nameInput = z.object({ name: storableText(200).trim().min(1, "a group needs a name") });
const nameTaken = "A group with this name exists already in the project";
const maxAssigned = 1_000;

/** @throws ValidationError, NotFoundError (project), ConflictError when the name is taken */
export async function createCharacterGroup(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: { projectId: string; name: string },
): Promise<CharacterGroup> {
  const { name } = parseInput(nameInput, input);
  await requireExistingProject({ db }, viewer, input.projectId);
  return conflictOnUnique(
    () => db.prisma.characterGroup.create({ data: { projectId: input.projectId, name } }),
    nameTaken,
    ["name"],
  );
}

/** @throws ValidationError, NotFoundError, ConflictError */
export async function renameCharacterGroup(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
  name: string,
): Promise<CharacterGroup> {
  const fields = parseInput(nameInput, { name });
  const where = { AND: [{ id }, ofProject(viewer)] };
  const [group] = await conflictOnUnique(
    () => db.prisma.characterGroup.updateManyAndReturn({ where, data: fields }),
    nameTaken,
    ["name"],
  );
  if (!group) throw new NotFoundError("The character group", ["id"]);
  return group;
}

/** Its characters stay, without a group; its overrides go. @throws NotFoundError */
export async function deleteCharacterGroup({ db }: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<void> {
  const { count } = await db.prisma.characterGroup.deleteMany({ where: { AND: [{ id }, ofProject(viewer)] } });
  if (count === 0) throw new NotFoundError("The character group", ["id"]);
}

/**
 * Puts characters into a group of their project, or into none; all or nothing.
 * @throws NotFoundError (group, a character by its position), ValidationError for characters of another project
 */
export async function assignCharacters(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  characterIds: readonly string[],
  groupId: string | null,
): Promise<Character[]> {
  if (characterIds.length > maxAssigned)
    throw ValidationError.at(["characterIds"], `at most ${maxAssigned} characters at once`);
  return db.prisma.$transaction(async (tx) => {
    const group = groupId === null ? null : await requireGroup(tx, viewer, groupId, ["groupId"]);
    const ids = [...characterIds];
    const characters = await tx.character.findMany({ where: { AND: [{ id: { in: ids } }, ofProject(viewer)] } });
    const byId = new Map(characters.map((character) => [character.id, character]));
    for (const [index, id] of ids.entries()) {
      const character = byId.get(id);
      if (!character) throw new NotFoundError("The character", ["characterIds", String(index)]);
      if (group && character.projectId !== group.projectId)
        throw ValidationError.at(["characterIds", String(index)], "the character is of another project than the group");
    }
    await tx.character.updateMany({ where: { id: { in: ids } }, data: { groupId } });
    return ids.map((id) => ({ ...(byId.get(id) as Character), groupId }));
  });
}

/** A group that the viewer may see. @throws NotFoundError */
export async function requireGroup(
  prisma: PrismaTx,
  viewer: Viewer,
  id: string,
  path: string[],
): Promise<CharacterGroup> {
  const group = await prisma.characterGroup.findFirst({ where: { AND: [{ id }, ofProject(viewer)] } });
  if (!group) throw new NotFoundError("The character group", path);
  return group;
}
