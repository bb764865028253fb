import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProjectOrStudio, type Viewer } from "#domains/accounts/viewer.ts";
import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { normaliseEntries } from "#domains/libraries/logic/normalise-entries.ts";
import { type Substitution, substituteLibraries } from "#domains/libraries/logic/substitute-libraries.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { Library } from "#platform/db/generated/client.ts";

export const libraryFields = z.object({
  name: storableText(200).trim().min(1, "a library needs a name"),
  delimiter: storableText(8).min(1, "a delimiter has 1 to 8 characters").default("%"),
  maxDepth: z.number().int().min(1, "maxDepth is 1 to 100").max(100, "maxDepth is 1 to 100").default(10),
});

/** @throws ValidationError, NotFoundError (project), ConflictError when the name is taken in the scope */
export async function createLibrary(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: {
    name: string;
    projectId?: string | undefined;
    entries?: unknown;
    delimiter?: string | undefined;
    maxDepth?: number | undefined;
  },
): Promise<Library> {
  const fields = parseInput(libraryFields, input);
  const { entries, issues } = normaliseEntries(input.entries ?? {});
  if (issues.length > 0) throw new ValidationError(issues);
  if (input.projectId !== undefined) await requireExistingProject({ db }, viewer, input.projectId);
  return conflictOnUnique(
    () => db.prisma.library.create({ data: { ...fields, entries, projectId: input.projectId ?? null } }),
    nameTaken(input.projectId ?? null),
    ["name"],
  );
}

export const nameTaken = (projectId: string | null): string =>
  projectId === null
    ? "A studio-wide library with this name exists already"
    : "A library with this name exists already in the project";

export function entriesOf(library: Pick<Library, "entries">): Record<string, string> {
  return library.entries as Record<string, string>;
}

/**
 * Libraries as substitution reads them, in the order of the ids, in one statement.
 * @throws NotFoundError that names the id's position
 */
export async function loadLibraries(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  ids: readonly string[],
): Promise<SubstitutionLibrary[]> {
  if (ids.length === 0) return [];
  const rows = await db.prisma.library.findMany({
    where: { AND: [{ id: { in: [...ids] } }, ofProjectOrStudio(viewer)] },
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id, index) => {
    const library = found.get(id);
    if (!library) throw new NotFoundError("The library", ["libraryIds", String(index)]);
    return {
      name: library.name,
      delimiter: library.delimiter,
      maxDepth: library.maxDepth,
      entries: entriesOf(library),
    };
  });
}

/** Substitutes in a text without storing it. @throws NotFoundError */
export async function applyLibraries(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: { text: string; libraryIds: readonly string[]; seed: bigint | null },
): Promise<Substitution> {
  return substituteLibraries(input.text, await loadLibraries(deps, viewer, input.libraryIds), input.seed);
}
