import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { normaliseTags } from "#domains/fragments/logic/normalise-tags.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Fragment } from "#platform/db/generated/client.ts";

const maxTags = 50;
const ids = z.array(z.string()).min(1, "name at least one fragment").max(1_000, "at most 1000 fragments at once");
const tags = z.array(storableText(100)).max(maxTags).transform(normaliseTags);
const editInput = z.object({
  ids,
  addTags: tags.default([]),
  removeTags: tags.default([]),
  category: storableText(100).trim().optional(),
});

export interface FragmentsEdit {
  addTags?: string[] | undefined;
  removeTags?: string[] | undefined;
  /** Empty text takes it away. */
  category?: string | undefined;
}

/**
 * Retags and recategorises fragments, all or none, in a number of statements that does not depend on theirs. A tag that is
 * both removed and added is there afterwards.
 * @returns the fragments as they are now, in the order of the ids
 * @throws ValidationError, NotFoundError that names the id's position
 */
export async function updateFragments(
  { db }: Pick<Deps, "db">,
  fragmentIds: readonly string[],
  edit: FragmentsEdit,
): Promise<Fragment[]> {
  const { addTags, removeTags, category } = parseInput(editInput, { ids: fragmentIds, ...edit });
  return db.prisma.$transaction(async (tx) => {
    await lockFragments(tx, fragmentIds);
    await tx.$executeRaw`
      UPDATE fragment SET updated_at = now(),
        category = CASE WHEN ${category !== undefined} THEN nullif(${category ?? ""}, '') ELSE category END,
        tags = ARRAY(SELECT tag FROM unnest(tags) WITH ORDINALITY AS old(tag, place)
                     WHERE tag <> ALL (${removeTags}::text[]) AND tag <> ALL (${addTags}::text[]) ORDER BY place) || ${addTags}::text[]
      WHERE id = ANY (${[...fragmentIds]}::uuid[])`;
    const edited = new Map(
      (await tx.fragment.findMany({ where: { id: { in: [...fragmentIds] } } })).map((fragment) => [
        fragment.id,
        fragment,
      ]),
    );
    const crowded = fragmentIds.findIndex((id) => (edited.get(id)?.tags.length ?? 0) > maxTags);
    if (crowded >= 0)
      throw ValidationError.at(["ids", String(crowded)], `the fragment would have more than ${maxTags} tags`);
    return fragmentIds.map((id) => edited.get(id) as Fragment);
  });
}

/** Deletes fragments, all or none; overrides keep the texts that they copied. @throws ValidationError, NotFoundError */
export async function deleteFragments({ db }: Pick<Deps, "db">, fragmentIds: readonly string[]): Promise<void> {
  parseInput(z.object({ ids }), { ids: fragmentIds });
  await db.prisma.$transaction(async (tx) => {
    await lockFragments(tx, fragmentIds);
    await tx.fragment.deleteMany({ where: { id: { in: [...fragmentIds] } } });
  });
}

/** Locked in the order of ids, like those whose uses are counted: two that meet wait for each other, never both. */
async function lockFragments(tx: PrismaTx, fragmentIds: readonly string[]): Promise<void> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM fragment WHERE id = ANY (${[...fragmentIds]}::uuid[]) ORDER BY id FOR UPDATE`;
  const known = new Set(found.map(({ id }) => id));
  const missing = fragmentIds.findIndex((id) => !known.has(id));
  if (missing >= 0) throw new NotFoundError("The fragment", ["ids", String(missing)]);
}
