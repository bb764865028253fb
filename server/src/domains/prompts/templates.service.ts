import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { DraftFragment } from "#domains/prompts/logic/fragment-entries.ts";
import { fragmentsOf, mergeList } from "#domains/prompts/merge-entries.ts";
import { fragmentEntriesInput } from "#domains/prompts/overrides.service.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { OverrideTemplate } from "#platform/db/generated/client.ts";

const nameField = storableText(200).trim().min(1, "a template needs a name");
const descriptionField = storableText(5_000).trim().optional();
const fragmentsField = fragmentEntriesInput.min(1, "a template needs at least one entry");
const createInput = z.object({ name: nameField, description: descriptionField, fragments: fragmentsField });
const updateInput = z.object({
  name: nameField.optional(),
  description: descriptionField,
  fragments: fragmentsField.optional(),
});
const nameTaken = "A template with this name exists already";

export interface TemplateFields {
  name?: string | undefined;
  description?: string | undefined;
  fragments?: readonly DraftFragment[] | undefined;
}

/** Texts are copied in, as overrides do. @throws ValidationError, NotFoundError (fragment), ConflictError */
export async function createOverrideTemplate(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: TemplateFields & { name: string; fragments: readonly DraftFragment[] },
): Promise<OverrideTemplate> {
  const { name, description, fragments } = parseInput(createInput, input);
  const entries = await mergeList(db.prisma, [], fragments);
  return conflictOnUnique(
    () =>
      db.prisma.overrideTemplate.create({
        data: {
          name,
          description: description || null,
          fragments: entries,
          createdById: viewer.userId,
        },
      }),
    nameTaken,
    ["name"],
  );
}

/**
 * Fields left out stay; references that the template has keep their text. What was applied before stays as it is.
 * @throws ValidationError, NotFoundError, ConflictError
 */
export async function updateOverrideTemplate(
  { db }: Pick<Deps, "db">,
  id: string,
  input: TemplateFields,
): Promise<OverrideTemplate> {
  const { name, description, fragments } = parseInput(updateInput, input);
  return conflictOnUnique(
    () =>
      db.prisma.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM override_template WHERE id = ${id}::uuid FOR UPDATE`;
        const template = await requireTemplate(tx, id, ["id"]);
        const entries = fragments && (await mergeList(tx, fragmentsOf(template), fragments));
        return tx.overrideTemplate.update({
          where: { id },
          data: {
            ...(name === undefined ? {} : { name }),
            ...(description === undefined ? {} : { description: description || null }),
            ...(entries === undefined ? {} : { fragments: entries }),
          },
        });
      }),
    nameTaken,
    ["name"],
  );
}

/** What was applied before stays as it is. @throws NotFoundError */
export async function deleteOverrideTemplate({ db }: Pick<Deps, "db">, id: string): Promise<void> {
  const { count } = await db.prisma.overrideTemplate.deleteMany({ where: { id } });
  if (count === 0) throw new NotFoundError("The override template", ["id"]);
}

/** @throws NotFoundError */
export async function requireTemplate(prisma: PrismaTx, id: string, path: string[]): Promise<OverrideTemplate> {
  const template = await prisma.overrideTemplate.findUnique({ where: { id } });
  if (!template) throw new NotFoundError("The override template", path);
  return template;
}
