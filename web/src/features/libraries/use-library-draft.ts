"use client";

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { draftFrom, overtaken, rebased, withChanges } from "#features/libraries/draft-changes.ts";
import { createDraftKeeper, type KeptDraft } from "#features/libraries/draft-keeper.ts";
import { newerOf, readMirror, writeMirror } from "#features/libraries/draft-mirror.ts";
import {
  changesOf,
  type Entries,
  emptyDraft,
  keyProblems,
  type LibraryDraft,
  rowsOf,
} from "#features/libraries/library-draft.ts";
import { useDraftServer } from "#features/libraries/use-draft-server.ts";

/** Changes that were not saved the last time. */
export interface Offer {
  /** When they were made, ISO. */
  at: string;
  count: number;
  /** Whether somebody has changed the library since. */
  isOutdated: boolean;
  draft: LibraryDraft;
  /** The server's draft with them; null when only this browser has them. */
  kept: KeptDraft | null;
  /** The server's draft, be it older than what the browser has. */
  keptId: string | null;
}

interface Options {
  /** Of the library; of the draft itself when the library is a new one. */
  id: string;
  /** What is saved. */
  entries: Entries;
  /** The draft of a new library. */
  opened?: KeptDraft | undefined;
}

/**
 * What a person changes in a library: kept on the server while it is written, and in the browser as long as the server
 * does not have it. Until the draft ends, its changes are changes of what was there when it began.
 */
export function useLibraryDraft({ id, entries, opened }: Options) {
  const server = useDraftServer(id, opened !== undefined);
  const [written, setWritten] = useState(() => (opened ? draftFrom(opened.base, opened.entries) : emptyDraft));
  const [began, setBegan] = useState<Entries | null>(null);
  /** Undefined until it has been looked for. */
  const [offer, setOffer] = useState<Offer | null | undefined>(undefined);
  const mirrored = useRef<{ draft: LibraryDraft; isSendable: boolean }>({ draft: emptyDraft, isSendable: true });
  const [keeper] = useState(() => {
    const made = createDraftKeeper({
      server,
      keepsEmpty: opened !== undefined,
      onKept: (kept) => {
        const { draft, isSendable } = mirrored.current;
        writeMirror(id, isSendable ? emptyDraft : draft, kept?.updatedAt ?? null);
      },
      onForeign: (changes) => setWritten((own) => withChanges(own, made.now().base ?? {}, changes)),
    });
    if (opened) made.adopt(opened);
    return made;
  });
  const keeping = useSyncExternalStore(keeper.watch, keeper.now, keeper.now);
  const base = keeping.base ?? began ?? entries;
  const draft = useMemo(() => rebased(written, base), [written, base]);
  const rows = useMemo(() => rowsOf(base, draft), [base, draft]);
  const changes = useMemo(() => changesOf(rows), [rows]);
  const problems = useMemo(() => keyProblems(rows), [rows]);

  const saved = useRef(entries);
  useEffect(() => {
    saved.current = entries;
  });
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      const found = await server.find();
      if (isOver) return;
      const next = offerOf(found, id, saved.current);
      if (!next && found) void server.discard(found.draft.id);
      setOffer(next);
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [server, id]);
  useEffect(() => () => void keeper.flush(), [keeper]);

  const write = (next: LibraryDraft) => {
    const nextRows = rowsOf(base, next);
    const wrong = keyProblems(nextRows);
    setWritten(next);
    setBegan((before) => (next.edits.size + next.added.length === 0 ? null : (before ?? base)));
    mirrored.current = { draft: next, isSendable: wrong.size === 0 };
    writeMirror(id, next, keeper.now().draft?.updatedAt ?? null);
    keeper.want(changesOf(nextRows.filter((row) => !wrong.has(row.id))));
  };
  const end = () => {
    setWritten(emptyDraft);
    setBegan(null);
    setOffer(null);
    mirrored.current = { draft: emptyDraft, isSendable: true };
    writeMirror(id, emptyDraft, null);
  };
  return {
    draft,
    rows,
    changes,
    problems,
    /** Entries that others had changed before the draft began, which the page did not know. */
    overtaken: began && keeping.base ? overtaken(rows, began, keeping.base) : [],
    keeping,
    keeper,
    offer,
    write,
    restore: ({ kept, draft: offered }: Offer) => {
      setOffer(null);
      if (kept) {
        keeper.adopt(kept);
        setWritten(offered);
      } else write(rebased(offered, base));
    },
    /** After a save: nothing is unsaved any more. */
    end: () => {
      keeper.forget();
      end();
    },
    /** Gives up what is offered. The reason when the server did not. */
    decline: async ({ keptId }: Offer) => {
      const failure = keptId === null ? null : await server.discard(keptId);
      if (failure && failure.code !== "NOT_FOUND") return failure;
      setOffer(null);
      writeMirror(id, emptyDraft, null);
      return null;
    },
    /** Gives the changes up. The reason when the server did not. */
    discard: async () => {
      const failure = await keeper.discard();
      if (!failure) end();
      return failure;
    },
  };
}

function offerOf(found: { draft: KeptDraft; isOutdated: boolean } | null, id: string, entries: Entries): Offer | null {
  const mirror = readMirror(id);
  if (newerOf(found?.draft ?? null, mirror) === "mirrored" && mirror) {
    const draft = rebased(mirror.draft, entries);
    const { count } = changesOf(rowsOf(entries, draft));
    if (count > 0)
      return { at: mirror.at, count, isOutdated: false, draft, kept: null, keptId: found?.draft.id ?? null };
  }
  if (!found) return null;
  const { draft: kept, isOutdated } = found;
  const draft = draftFrom(kept.base, kept.entries);
  const { count } = changesOf(rowsOf(kept.base, draft));
  return count === 0 ? null : { at: kept.updatedAt, count, isOutdated, draft, kept, keptId: kept.id };
}
