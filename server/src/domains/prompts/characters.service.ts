import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { Character } from "#platform/db/generated/client.ts";

/** What `{key}` in prompts stands for. */
export type CharacterMetadata = Record<string, string>;

const maxKeys = 500;
const nameField = storableText(200).trim().min(1, "a character needs a name");
const metadataField = z
  .record(
    z.string().regex(/^\w{1,100}$/, "a key consists of letters a–z, digits and underscores, as in {hair_color}"),
    storableText(10_000),
    { error: "metadata is a map of placeholder key to text" },
  )
  .refine((metadata) => Object.keys(metadata).length <= maxKeys, `at most ${maxKeys} keys`);
const nameTaken = "A character with this name exists already in the project";

/** @throws ValidationError, NotFoundError (project), ConflictError when the name is taken */
export async function createCharacter(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: { projectId: string; name: string; metadata?: unknown },
): Promise<Character> {
  const fields = parseInput(z.object({ name: nameField, metadata: metadataField.optional() }), input);
  await requireExistingProject({ db }, viewer, input.projectId);
  return conflictOnUnique(
    () =>
      db.prisma.character.create({
        data: { projectId: input.projectId, name: fields.name, metadata: fields.metadata ?? {} },
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
