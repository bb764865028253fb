import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Deps } from "#app/deps.ts";
import { inputExtensions } from "#domains/queue/logic/input-extensions.ts";
import { resolveFolder } from "#domains/queue/paths/inside-roots.ts";
import { isInside, realRoots } from "#platform/storage/open-inside.ts";
import { isMatchingFile, matchingFiles } from "#domains/queue/paths/matching-files.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import { emptyRecipe, type RunRecipe } from "#domains/workflows/logic/recipe.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";

export interface DirectoryEntry {
  name: string;
  /** With symlinks resolved. */
  path: string;
  kind: "FOLDER" | "FILE";
  /** Null for folders. */
  bytes: number | null;
  modifiedAt: Date;
  /** Whether a job would take the file from this folder; false for folders. */
  isMatch: boolean;
  /** Files in the folder itself that a job would take; null for files, and for folders that can't be read. */
  matchCount: number | null;
}

export interface DirectoryListing {
  /** Null for the list of roots. */
  path: string | null;
  /** The folder above, while that is open too; null for the list of roots. */
  parent: string | null;
  matchCount: number;
  /** Of the page. */
  entries: DirectoryEntry[];
  totalCount: number;
}

export interface BrowseInput {
  path?: string | undefined;
  /** Only files that this workflow takes match; any picture or clip unless given. */
  workflowId?: string | undefined;
  first: number;
  offset: number;
}

/**
 * Lists a folder inside the roots, or the roots themselves: folders first, each in natural order. Links that lead out of
 * the roots, and hidden files, are not there. @throws ValidationError, NotFoundError (workflow)
 */
export async function browseDirectory(
  { config, db }: Pick<Deps, "config" | "db">,
  { path, workflowId, first, offset }: BrowseInput,
): Promise<DirectoryListing> {
  const roots = await realRoots(config.inputRoots);
  const allowed = await extensionsOf(db, workflowId);
  if (path === undefined || path.trim() === "") {
    const found = await Promise.all(roots.map((root) => entryOf(roots, root, basename(root) || root, false)));
    const entries = found.filter((entry) => entry !== null).filter(({ kind }) => kind === "FOLDER");
    const page = await counted(entries.slice(offset, offset + first), allowed);
    return { path: null, parent: null, matchCount: 0, entries: page, totalCount: entries.length };
  }
  const folder = await resolveFolder(config.inputRoots, path, ["path"]);
  const inside = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith("."));
  const found = await inBatches(inside, (each) =>
    entryOf(roots, join(folder, each.name), each.name, isMatchingFile(each, allowed)),
  );
  const entries = found.filter((entry) => entry !== null);
  const ordered = entries.toSorted(
    (a, b) => Number(b.kind === "FOLDER") - Number(a.kind === "FOLDER") || compareNatural(a.name, b.name),
  );
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent !== folder && isInside(roots, parent) ? parent : null,
    matchCount: entries.filter(({ isMatch }) => isMatch).length,
    entries: await counted(ordered.slice(offset, offset + first), allowed),
    totalCount: ordered.length,
  };
}

type RawEntry = Omit<DirectoryEntry, "matchCount">;

/** Null for what is neither folder nor file, leads out of the roots, or went away. */
async function entryOf(
  roots: readonly string[],
  path: string,
  name: string,
  isMatch: boolean,
): Promise<RawEntry | null> {
  try {
    const real = await realpath(path);
    if (!isInside(roots, real)) return null;
    const facts = await stat(real);
    if (!facts.isDirectory() && !facts.isFile()) return null;
    const isFolder = facts.isDirectory();
    return {
      name,
      path: real,
      kind: isFolder ? "FOLDER" : "FILE",
      bytes: isFolder ? null : facts.size,
      modifiedAt: facts.mtime,
      isMatch,
    };
  } catch (error) {
    // Broken links, and what nobody may look at.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return null;
  }
}

/** Looks into the folders of one page only. */
function counted(entries: readonly RawEntry[], allowed: readonly string[]): Promise<DirectoryEntry[]> {
  return inBatches(entries, async (entry) => {
    if (entry.kind === "FILE") return { ...entry, matchCount: null };
    const inside = await readdir(entry.path, { withFileTypes: true }).catch(() => null);
    return { ...entry, matchCount: inside && matchingFiles(inside, allowed).length };
  });
}

/** So that a folder of a hundred thousand files does not open them all at once. */
async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += 64)
    results.push(...(await Promise.all(items.slice(start, start + 64).map((item) => work(item)))));
  return results;
}

async function extensionsOf(db: Deps["db"], workflowId: string | undefined): Promise<readonly string[]> {
  if (workflowId === undefined) return [...new Set(Object.values(inputExtensions).flat())];
  const workflow = await db.prisma.workflow.findUnique({
    where: { id: workflowId },
    select: { inputKind: true, currentVersion: { select: { recipe: true } } },
  });
  if (!workflow) throw new NotFoundError("The workflow", ["workflowId"]);
  const text = workflow.currentVersion?.recipe;
  const recipe = text ? (parseJson(text) as unknown as RunRecipe) : emptyRecipe;
  return recipe.inputExtensions ?? inputExtensions[workflow.inputKind];
}
