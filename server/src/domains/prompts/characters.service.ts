import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { requireGroup } from "#domains/prompts/character-groups.service.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { isJsonObject } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { isPlainKey, reservedKeyMessage } from "#lib/plain-key.ts";
import { storableText } from "#lib/storable-text.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { Character, Prisma } from "#platform/db/generated/client.ts";

/** What `{key}` in prompts stands for. */
export type CharacterMetadata = Record<string, string>;

const maxKeys = 500;
const nameField = storableText(200).trim().min(1, "a character needs a name");
/** Looked at first: in the map that comes out of the schema the key would be gone. */
const plainKeys = z.unknown().superRefine((given, context) => {
  if (isJsonObject(given) && !Object.keys(given).every(isPlainKey))
    context.addIssue({ code: "custom", message: reservedKeyMessage, path: ["__proto__"] });
});
const metadataMap = z
  .record(
    z.string().regex(/^\w{1,100}$/, "a key consists of letters a–z, digits and underscores, as in {hair_color}"),
    storableText(10_000),
    { error: "metadata is a map of placeholder key to text" },
  )
  .refine((metadata) => Object.keys(metadata).length <= maxKeys, `at most ${maxKeys} keys`);
const metadataField = plainKeys.pipe(metadataMap);
const nameTaken = "A character with this name exists already in the project";

/** @throws ValidationError, NotFoundError (project, group), ConflictError when the name is taken */
export async function createCharacter(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: { projectId: string; name: string; metadata?: unknown; groupId?: string | undefined },
): Promise<Character> {
  const fields = parseInput(z.object({ name: nameField, metadata: metadataField.optional() }), input);
  await requireExistingProject({ db }, viewer, input.projectId);
  const group = input.groupId === undefined ? null : await requireGroup(db.prisma, viewer, input.groupId, ["groupId"]);
  if (group && group.projectId !== input.projectId)
    throw ValidationError.at(["groupId"], "the group is of another project");
  return conflictOnUnique(
    () =>
      db.prisma.character.create({
        data: {
          projectId: input.projectId,
          name: fields.name,
          metadata: fields.metadata ?? {},
          groupId: group?.id ?? null,
        },
      }),
    nameTaken,
    ["name"],
  );
}

/** Fields left out stay; metadata is replaced as a whole. @throws NotFoundError, ValidationError, ConflictError */
export async function updateCharacter(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
  input: { name?: string | undefined; metadata?: unknown },
): Promise<Character> {
  const fields = parseInput(z.object({ name: nameField.optional(), metadata: metadataField.optional() }), input);
  const [character] = await conflictOnUnique(
    () =>
      db.prisma.character.updateManyAndReturn({
        where: { AND: [{ id }, ofProject(viewer)] },
        data: {
          ...(fields.name === undefined ? {} : { name: fields.name }),
          ...(fields.metadata === undefined ? {} : { metadata: fields.metadata }),
        },
      }),
    nameTaken,
    ["name"],
  );
  if (!character) throw new NotFoundError("The character", ["id"]);
  return character;
}

/** Overrides and images go with it, files stay. @throws NotFoundError, ConflictError (code HAS_TAKES) */
export async function deleteCharacter({ db }: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<void> {
  const where = { AND: [{ id }, ofProject(viewer)] };
  const character = await db.prisma.character.findFirst({ where, select: { _count: { select: { takes: true } } } });
  if (!character) throw new NotFoundError("The character", ["id"]);
  const { takes } = character._count;
  if (takes > 0)
    throw new ConflictError(`The character is in ${takes} takes, which would lose it`, "HAS_TAKES", ["id"]);
  await db.prisma.character.deleteMany({ where: { AND: [where, { takes: { none: {} } }] } });
}

const metadataFilter = z
  .record(z.string().max(100), storableText(10_000).nullable(), { error: "a map of placeholder key to text" })
  .refine((filter) => Object.keys(filter).length <= 20, "at most 20 keys");

/**
 * Conditions for characters whose metadata has these texts; null asks for the key, whatever its text.
 * @throws ValidationError
 */
export function metadataConditions(filter: unknown, at: string[] = []): Prisma.CharacterWhereInput[] {
  const { metadata } = parseInput(z.object({ metadata: metadataFilter }), { metadata: filter }, at);
  return Object.entries(metadata).map(([key, text]) => ({
    metadata: text === null ? { path: [key], string_contains: "" } : { path: [key], equals: text },
  }));
}
