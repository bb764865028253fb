import type { Dirent } from "node:fs";
import { splitName } from "#domains/assets/logic/filename.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";

/** What a job takes of a folder: plain files with these endings, in natural order; no links, nothing hidden. */
export function matchingFiles(entries: readonly Dirent[], allowed: readonly string[]): string[] {
  return entries
    .filter((entry) => isMatchingFile(entry, allowed))
    .map((entry) => entry.name)
    .toSorted(compareNatural);
}

export function isMatchingFile(entry: Dirent, allowed: readonly string[]): boolean {
  return (
    entry.isFile() && !entry.name.startsWith(".") && allowed.includes(splitName(entry.name).extension.toLowerCase())
  );
}
