import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProjectOrStudio, type Viewer } from "#domains/accounts/viewer.ts";
import { lockLibrary, normaliseKeys } from "#domains/libraries/edit-library.service.ts";
import { entriesOf, libraryFields, nameTaken } from "#domains/libraries/libraries.service.ts";
import { mergeEntries } from "#domains/libraries/logic/merge-entries.ts";
import { normaliseEntries } from "#domains/libraries/logic/normalise-entries.ts";
import { normaliseKey } from "#domains/libraries/logic/library-references.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { ConflictError, type FieldIssue, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { Library, LibraryDraft } from "#platform/db/generated/client.ts";

/** A draft is forgotten when nobody has touched it for so long, in minutes. */
export const draftMinutes = 30;
/** Drafts that one person holds at once. */
export const maxDrafts = 50;

const expiry = (): Date => new Date(Date.now() + draftMinutes * 60_000);
/** The viewer's own drafts that are not forgotten yet. */
export const liveDrafts = (viewer: Viewer) => ({
  AND: [{ createdById: viewer.userId, expiresAt: { gt: new Date() } }, ofProjectOrStudio(viewer)],
});

/**
 * Opens a draft of a library, or of a new one. A person who has one of this library open already gets it back.
 * @throws NotFoundError, ValidationError, ConflictError when the person holds too many
 */
export async function openDraft(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: { libraryId?: string | undefined; projectId?: string | undefined; name?: string | undefined },
): Promise<LibraryDraft> {
  const { libraryId, projectId } = input;
  await sweepDrafts({ db });
  const library = libraryId === undefined ? null : await findLibrary(db.prisma, viewer, libraryId);
  if (library === null && projectId !== undefined) await requireExistingProject({ db }, viewer, projectId);
  const fields = library ?? {
    ...parseInput(libraryFields, { name: input.name ?? "" }),
    entries: {},
    projectId,
    version: 0,
  };
  return db.prisma.$transaction(async (tx) => {
    // The person's row is the lock: two clicks at once open one draft.
    await tx.$queryRaw`SELECT 1 FROM "user" WHERE id = ${viewer.userId}::uuid FOR UPDATE`;
    const held = await tx.libraryDraft.findMany({ where: liveDrafts(viewer), omit: { entries: true, base: true } });
    const known = library && held.find((draft) => draft.libraryId === library.id);
    if (known) return tx.libraryDraft.update({ where: { id: known.id }, data: { expiresAt: expiry() } });
    if (held.length >= maxDrafts)
      throw new ConflictError(`You hold ${maxDrafts} drafts; save or discard one first`, "TOO_MANY_DRAFTS");
    const entries = fields.entries as Record<string, string>;
    return tx.libraryDraft.create({
      data: {
        libraryId: library?.id ?? null,
        projectId: fields.projectId ?? null,
        createdById: viewer.userId,
        name: fields.name,
        delimiter: fields.delimiter,
        maxDepth: fields.maxDepth,
        entries,
        base: entries,
        baseVersion: fields.version,
        expiresAt: expiry(),
      },
    });
  });
}

export interface DraftEdit {
  id: string;
  name?: string | undefined;
  delimiter?: string | undefined;
  maxDepth?: number | undefined;
  /** Map of key to text: adds or replaces these entries, after the removals and renames. */
  setEntries?: unknown;
  removeKeys?: readonly string[] | undefined;
  renames?: readonly { from: string; to: string }[] | undefined;
}

const editInput = z.object({
  name: libraryFields.shape.name.optional(),
  delimiter: libraryFields.shape.delimiter.unwrap().optional(),
  maxDepth: libraryFields.shape.maxDepth.unwrap().optional(),
});

/**
 * Changes what is given of a draft, and keeps it for another while.
 * @throws NotFoundError, ValidationError
 */
export async function editDraft({ db }: Pick<Deps, "db">, viewer: Viewer, edit: DraftEdit): Promise<LibraryDraft> {
  const { id, setEntries, removeKeys = [], renames = [], ...given } = edit;
  const fields = parseInput(editInput, given);
  const set = normaliseEntries(setEntries ?? {}, "setEntries");
  const removed = normaliseKeys(removeKeys);
  if (set.issues.length + removed.issues.length > 0) throw new ValidationError([...set.issues, ...removed.issues]);
  return db.prisma.$transaction(async (tx) => {
    const draft = await lockDraft(tx, viewer, id);
    const kept = Object.entries(entriesOf(draft)).filter(([key]) => !removed.keys.has(key));
    const renamed = rename(new Map(kept), renames);
    const all = normaliseEntries({ ...Object.fromEntries(renamed), ...set.entries }, "setEntries");
    if (all.issues.length > 0) throw new ValidationError(all.issues);
    const data = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    return tx.libraryDraft.update({ where: { id }, data: { ...data, entries: all.entries, expiresAt: expiry() } });
  });
}

/** What to do when the library was changed since the draft was opened. */
export type OnChanged = "REFUSE" | "MERGE" | "REPLACE";

/**
 * Publishes a draft and ends it. A draft whose library was deleted meanwhile makes a new one, so nothing is lost.
 * @throws NotFoundError, ConflictError (LIBRARY_CHANGED; a taken name)
 */
export async function saveDraft(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  { id, onChanged }: { id: string; onChanged: OnChanged },
): Promise<Library> {
  return db.prisma.$transaction(async (tx) => {
    const draft = await lockDraft(tx, viewer, id);
    const library = draft.libraryId === null ? null : await lockLibrary(tx, viewer, draft.libraryId);
    const { name, delimiter, maxDepth } = draft;
    const entries = library ? contentToSave(draft, library, onChanged) : entriesOf(draft);
    const saved = await conflictOnUnique(
      () =>
        library
          ? tx.library.update({
              where: { id: library.id },
              data: { name, delimiter, maxDepth, entries, version: { increment: 1 } },
            })
          : tx.library.create({ data: { name, delimiter, maxDepth, entries, projectId: draft.projectId } }),
      nameTaken(draft.projectId),
      ["name"],
    );
    await tx.libraryDraft.delete({ where: { id } });
    return saved;
  });
}

/** Gives a draft up. @throws NotFoundError */
export async function discardDraft({ db }: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<void> {
  const { count } = await db.prisma.libraryDraft.deleteMany({ where: { AND: [{ id }, liveDrafts(viewer)] } });
  if (count === 0) throw new NotFoundError("The draft", ["id"]);
}

/** Takes away what is forgotten; cheap, so it may be called often. */
export async function sweepDrafts({ db }: Pick<Deps, "db">): Promise<void> {
  await db.prisma.libraryDraft.deleteMany({ where: { expiresAt: { lte: new Date() } } });
}

function contentToSave(draft: LibraryDraft, library: Library, onChanged: OnChanged): Record<string, string> {
  const mine = entriesOf(draft);
  if (library.version === draft.baseVersion || onChanged === "REPLACE") return mine;
  if (onChanged === "REFUSE") {
    throw new ConflictError(
      "The library was changed since this draft was opened; look at both, then merge or replace",
      "LIBRARY_CHANGED",
      ["id"],
    );
  }
  const merged = mergeEntries(draft.base as Record<string, string>, mine, entriesOf(library));
  const { entries, issues } = normaliseEntries(merged.entries);
  if (issues.length > 0) throw new ValidationError(issues);
  return entries;
}

function rename(entries: Map<string, string>, renames: DraftEdit["renames"] = []): Map<string, string> {
  const issues: FieldIssue[] = [];
  for (const [index, { from, to }] of renames.entries()) {
    const [old, wanted] = [normaliseKey(from.trim()), normaliseKey(to.trim())];
    const refuse = (field: string, message: string) =>
      issues.push({ path: ["renames", String(index), field], message });
    const text = old === null ? undefined : entries.get(old);
    if (old === null || text === undefined) refuse("from", `there is no entry ${from}`);
    else if (wanted === null) refuse("to", "a key consists of letters a–z, digits, underscores, hyphens and spaces");
    else if (wanted !== old && entries.has(wanted)) refuse("to", `there is an entry ${wanted} already`);
    else {
      entries.delete(old);
      entries.set(wanted, text);
    }
  }
  if (issues.length > 0) throw new ValidationError(issues);
  return entries;
}

async function findLibrary(prisma: PrismaTx, viewer: Viewer, id: string): Promise<Library> {
  const library = await prisma.library.findFirst({ where: { AND: [{ id }, ofProjectOrStudio(viewer)] } });
  if (!library) throw new NotFoundError("The library", ["libraryId"]);
  return library;
}

/** Of two edits at once, the later one builds on what the earlier one left. */
async function lockDraft(tx: PrismaTx, viewer: Viewer, id: string): Promise<LibraryDraft> {
  await tx.$queryRaw`SELECT 1 FROM library_draft WHERE id = ${id}::uuid FOR UPDATE`;
  const draft = await tx.libraryDraft.findFirst({ where: { AND: [{ id }, liveDrafts(viewer)] } });
  if (!draft) throw new NotFoundError("The draft", ["id"]);
  return draft;
}
