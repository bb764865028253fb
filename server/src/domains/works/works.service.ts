import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { visibleWorks } from "#domains/works/visible-works.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { given } from "#lib/given.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Work } from "#platform/db/generated/client.ts";

/** A language as prompts name it: "Japanese", "Brazilian Portuguese", "ja". */
export const languageField = storableText(60).trim().min(1, "a language needs a name");

const workFields = z.object({
  title: storableText(300).trim().min(1, "a work needs a title"),
  author: storableText(300).trim().optional(),
  description: storableText(20_000).optional(),
  language: languageField,
  targetLanguage: languageField.default("English"),
  glossary: storableText(50_000).optional(),
});
const workChanges = workFields.extend({ targetLanguage: languageField }).partial();

export interface WorkInput {
  title?: string | undefined;
  author?: string | undefined;
  description?: string | undefined;
  language?: string | undefined;
  targetLanguage?: string | undefined;
  glossary?: string | undefined;
}

/** Studio-wide without a project. @throws ValidationError, NotFoundError (project) */
export async function createWork(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: WorkInput & { projectId?: string | undefined },
): Promise<Work> {
  const fields = parseInput(workFields, input);
  const { projectId } = input;
  if (projectId !== undefined) await requireExistingProject({ db }, viewer, projectId);
  return db.prisma.work.create({
    data: { ...given(fields), projectId: projectId ?? null, createdById: viewer.userId },
  });
}

/** Fields left out stay. Translations that have begun keep the glossary that they began with. @throws NotFoundError, ValidationError */
export async function updateWork(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
  input: WorkInput,
): Promise<Work> {
  const data = given(parseInput(workChanges, input));
  const [work] = await db.prisma.work.updateManyAndReturn({
    where: { AND: [{ id }, visibleWorks(viewer)] },
    data: { ...data, updatedAt: new Date() },
  });
  if (!work) throw new NotFoundError("The work", ["id"]);
  return work;
}

/** With its chapters, its prompt and all translations. @throws NotFoundError */
export async function deleteWork({ db }: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<void> {
  const { count } = await db.prisma.work.deleteMany({ where: { AND: [{ id }, visibleWorks(viewer)] } });
  if (count === 0) throw new NotFoundError("The work", ["id"]);
}
