import { freshWorkspaces, withOthers } from "#features/generate/workspaces/changes.ts";
import { fromText, toText } from "#features/generate/workspaces/saved.ts";
import type { Workspaces } from "#features/generate/workspaces/workspace.ts";
import { uniqueKey } from "#lib/unique-key.ts";

const storageKey = "callsheet.workspaces";

/** The workspaces of this browser, shared by its windows. Read when somebody begins to watch, written at every change. */
let present: Workspaces | null = null;
const watchers = new Set<() => void>();

export function watchWorkspaces(watcher: () => void): () => void {
  if (watchers.size === 0) window.addEventListener("storage", takeOthers);
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    window.removeEventListener("storage", takeOthers);
    // The next visit begins with what is stored: uploads end with the page.
    present = null;
  };
}

export function presentWorkspaces(): Workspaces {
  present ??= fromText(read()) ?? freshWorkspaces(uniqueKey());
  return present;
}

export function changeWorkspaces(change: (all: Workspaces) => Workspaces): void {
  const before = presentWorkspaces();
  const next = change(before);
  if (next === before) return;
  present = next;
  write(toText(next));
  watchers.forEach((watcher) => watcher());
}

/** Another window of this browser has stored its workspaces. */
function takeOthers({ key, newValue }: StorageEvent): void {
  const stored = key === storageKey ? fromText(newValue) : null;
  if (!stored) return;
  present = withOthers(presentWorkspaces(), stored);
  watchers.forEach((watcher) => watcher());
}

/** A browser may refuse its storage; then nothing is kept over a reload, and all else works. */
function read(): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function write(text: string): void {
  try {
    window.localStorage.setItem(storageKey, text);
  } catch {
    // Full or refused.
  }
}
