import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProjectOrStudio, type Viewer } from "#domains/accounts/viewer.ts";
import { normaliseTags } from "#domains/fragments/logic/normalise-tags.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Fragment } from "#platform/db/generated/client.ts";

export interface FragmentFields {
  text?: string | undefined;
  description?: string | undefined;
  category?: string | undefined;
  tags?: string[] | undefined;
}

const textField = storableText(20_000).refine((text) => text.trim() !== "", "a fragment needs a text");
const fragmentFields = z.object({
  text: textField.optional(),
  description: storableText(5_000).trim().optional(),
  category: storableText(100).trim().optional(),
  tags: z.array(storableText(100)).max(50).transform(normaliseTags).optional(),
});

/** @throws ValidationError */
export async function createFragment(
  { db }: Pick<Deps, "db">,
  input: FragmentFields & { text: string },
): Promise<Fragment> {
  const fields = parseInput(fragmentFields.extend({ text: textField }), input);
  return db.prisma.fragment.create({ data: { ...toColumns(fields), text: fields.text, tags: fields.tags ?? [] } });
}

/**
 * Fields left out stay; empty text takes description or category away. Overrides keep the text that they copied.
 * @throws ValidationError, NotFoundError
 */
export async function updateFragment({ db }: Pick<Deps, "db">, id: string, input: FragmentFields): Promise<Fragment> {
  const fields = parseInput(fragmentFields, input);
  const [fragment] = await db.prisma.fragment.updateManyAndReturn({ where: { id }, data: toColumns(fields) });
  if (!fragment) throw new NotFoundError("The fragment", ["id"]);
  return fragment;
}

/** Overrides keep the text that they copied. @throws NotFoundError */
export async function deleteFragment({ db }: Pick<Deps, "db">, id: string): Promise<void> {
  const { count } = await db.prisma.fragment.deleteMany({ where: { id } });
  if (count === 0) throw new NotFoundError("The fragment", ["id"]);
}

interface Pin {
  fragmentId: string;
  sceneTypeId: string;
}

/** Pins a fragment to the top of a scene type's list; pinning it again changes nothing. @throws NotFoundError */
export async function pinFragment({ db }: Pick<Deps, "db">, viewer: Viewer, pin: Pin): Promise<Fragment> {
  const fragment = await requirePinnable({ db }, viewer, pin);
  await db.prisma.fragmentPin.createMany({ data: [pin], skipDuplicates: true });
  return fragment;
}

/** Takes a pin away; taking away what is not there changes nothing. @throws NotFoundError */
export async function unpinFragment({ db }: Pick<Deps, "db">, viewer: Viewer, pin: Pin): Promise<Fragment> {
  const fragment = await requirePinnable({ db }, viewer, pin);
  await db.prisma.fragmentPin.deleteMany({ where: pin });
  return fragment;
}

async function requirePinnable(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  { fragmentId, sceneTypeId }: Pin,
): Promise<Fragment> {
  const fragment = await db.prisma.fragment.findUnique({ where: { id: fragmentId } });
  if (!fragment) throw new NotFoundError("The fragment", ["fragmentId"]);
  await requireVisibleSceneType({ db }, viewer, sceneTypeId);
  return fragment;
}

/** @throws NotFoundError */
export async function requireVisibleSceneType({ db }: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<void> {
  const found = await db.prisma.sceneType.findFirst({
    where: { AND: [{ id }, ofProjectOrStudio(viewer)] },
    select: { id: true },
  });
  if (!found) throw new NotFoundError("The scene type", ["sceneTypeId"]);
}

function toColumns({ text, description, category, tags }: FragmentFields) {
  return {
    ...(text === undefined ? {} : { text }),
    ...(description === undefined ? {} : { description: description || null }),
    ...(category === undefined ? {} : { category: category || null }),
    ...(tags === undefined ? {} : { tags }),
  };
}
