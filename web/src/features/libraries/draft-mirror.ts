import { emptyDraft, type LibraryDraft } from "#features/libraries/library-draft.ts";

/** To be raised when what is stored can no longer be read as it was. */
const version = 1;
const prefix = "callsheet.library-draft.";

/** What this browser holds of a draft because the server may not have it. */
export interface Mirrored {
  /** When it was written, ISO. */
  at: string;
  /** The server's draft that it goes beyond, by the time of its last edit; null when there was none. */
  beyond: string | null;
  draft: LibraryDraft;
}

export function toText({ at, beyond, draft }: Mirrored): string {
  return JSON.stringify({ version, at, beyond, edits: [...draft.edits], added: draft.added });
}

/** What `toText` wrote; null for anything else: a browser's storage can hold anything. */
export function fromText(text: string | null): Mirrored | null {
  const stored = parsed(text);
  if (!isRecord(stored) || stored["version"] !== version) return null;
  const { at, beyond, edits, added } = stored;
  if (!isText(at) || Number.isNaN(Date.parse(at)) || !(beyond === null || isText(beyond))) return null;
  if (!Array.isArray(edits) || !Array.isArray(added)) return null;
  const pairs = edits.flatMap((pair: unknown): [string, { key: string; text: string } | null][] => {
    if (!Array.isArray(pair) || !isText(pair[0])) return [];
    if (pair[1] === null) return [[pair[0], null]];
    return isEntry(pair[1]) ? [[pair[0], { key: pair[1].key, text: pair[1].text }]] : [];
  });
  const rows = added.flatMap((row: unknown) =>
    isEntry(row) && isText(row["id"]) ? [{ id: row["id"], key: row.key, text: row.text }] : [],
  );
  if (pairs.length + rows.length === 0) return null;
  return { at, beyond, draft: { edits: new Map(pairs), added: rows } };
}

/** Which of the two is to be offered: what the browser holds beyond the server's draft, else the newer one. */
export function newerOf(kept: { updatedAt: string } | null, mirrored: Mirrored | null): "kept" | "mirrored" | null {
  if (!kept || !mirrored) return kept ? "kept" : mirrored && "mirrored";
  if (mirrored.beyond === kept.updatedAt) return "mirrored";
  return Date.parse(mirrored.at) >= Date.parse(kept.updatedAt) ? "mirrored" : "kept";
}

/** A browser may refuse its storage; then it keeps nothing, and all else works. */
export function readMirror(id: string): Mirrored | null {
  try {
    return fromText(window.localStorage.getItem(prefix + id));
  } catch {
    return null;
  }
}

/** An empty draft leaves nothing behind. */
export function writeMirror(id: string, draft: LibraryDraft, beyond: string | null): void {
  try {
    if (draft === emptyDraft || draft.edits.size + draft.added.length === 0)
      window.localStorage.removeItem(prefix + id);
    else window.localStorage.setItem(prefix + id, toText({ at: new Date().toISOString(), beyond, draft }));
  } catch {
    // Full or refused.
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

const isText = (value: unknown): value is string => typeof value === "string";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isEntry = (value: unknown): value is Record<string, unknown> & { key: string; text: string } =>
  isRecord(value) && isText(value["key"]) && isText(value["text"]);
