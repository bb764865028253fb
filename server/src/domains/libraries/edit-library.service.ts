import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProjectOrStudio, type Viewer } from "#domains/accounts/viewer.ts";
import { entriesOf, libraryFields, nameTaken } from "#domains/libraries/libraries.service.ts";
import { normaliseEntries } from "#domains/libraries/logic/normalise-entries.ts";
import { normaliseKey } from "#domains/libraries/logic/library-references.ts";
import { type FieldIssue, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { Library } from "#platform/db/generated/client.ts";
import type { PrismaTx } from "#platform/db/client.ts";

export interface LibraryEdit {
  id: string;
  name?: string | undefined;
  delimiter?: string | undefined;
  maxDepth?: number | undefined;
  /** Map of key to text: adds or replaces these entries. */
  setEntries?: unknown;
  removeKeys?: readonly string[] | undefined;
}

const editInput = z.object({
  name: libraryFields.shape.name.optional(),
  delimiter: libraryFields.shape.delimiter.unwrap().optional(),
  maxDepth: libraryFields.shape.maxDepth.unwrap().optional(),
});

/**
 * Changes what is given and nothing else: people who edit different entries at once do not undo each other's. A key that
 * is both removed and set is there afterwards; one that is not there can be removed.
 * @throws NotFoundError, ValidationError, ConflictError when the name is taken in the scope
 */
export async function updateLibrary(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  { id, setEntries, removeKeys = [], ...given }: LibraryEdit,
): Promise<Library> {
  const fields = parseInput(editInput, given);
  const set = normaliseEntries(setEntries ?? {}, "setEntries");
  const removed = normaliseKeys(removeKeys);
  const issues = [...set.issues, ...removed.issues];
  if (issues.length > 0) throw new ValidationError(issues);
  return db.prisma.$transaction(async (tx) => {
    const library = await lockLibrary(tx, viewer, id);
    const entries = merge(entriesOf(library), removed.keys, set.entries);
    const data = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    if (Object.keys(data).length === 0 && isDeepStrictEqual(entries, library.entries)) return library;
    return conflictOnUnique(
      () => tx.library.update({ where: { id }, data: { ...data, entries, version: { increment: 1 } } }),
      nameTaken(library.projectId),
      ["name"],
    );
  });
}

/** Deletes a library, also from the projects that it is attached to. @throws NotFoundError */
export async function deleteLibrary({ db }: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<void> {
  const { count } = await db.prisma.library.deleteMany({ where: { AND: [{ id }, ofProjectOrStudio(viewer)] } });
  if (count === 0) throw new NotFoundError("The library", ["id"]);
}

/** The row is the lock: of two who edit at once, the later one builds on what the earlier one left. */
export async function lockLibrary(tx: PrismaTx, viewer: Viewer, id: string): Promise<Library> {
  await tx.$queryRaw`SELECT 1 FROM library WHERE id = ${id}::uuid FOR UPDATE`;
  const library = await tx.library.findFirst({ where: { AND: [{ id }, ofProjectOrStudio(viewer)] } });
  if (!library) throw new NotFoundError("The library", ["id"]);
  return library;
}

export function normaliseKeys(given: readonly string[]): { keys: ReadonlySet<string>; issues: FieldIssue[] } {
  const keys = new Set<string>();
  const issues: FieldIssue[] = [];
  for (const [index, written] of given.entries()) {
    const key = normaliseKey(written.trim());
    if (key === null) issues.push({ path: ["removeKeys", String(index)], message: "no library has such a key" });
    else keys.add(key);
  }
  return { keys, issues };
}

function merge(
  before: Record<string, string>,
  removed: ReadonlySet<string>,
  set: Record<string, string>,
): Record<string, string> {
  const kept = Object.entries(before).filter(([key]) => !removed.has(key));
  const { entries, issues } = normaliseEntries(Object.fromEntries([...kept, ...Object.entries(set)]), "setEntries");
  if (issues.length > 0) throw new ValidationError(issues);
  return entries;
}
