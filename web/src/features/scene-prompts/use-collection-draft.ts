"use client";

import { useMemo, useState } from "react";
import {
  changesOf,
  type CollectionDraft,
  draftOf,
  fileOf,
  problemsOf,
  type SavedCollection,
} from "#features/scene-prompts/collection-draft.ts";
import { type CollectionTarget, ImportPromptCollection } from "#features/scene-prompts/collection-operations.ts";
import { useAction } from "#lib/graphql/use-action.ts";

/** What somebody has written on top of what was there when they began. */
interface Written {
  base: CollectionDraft;
  /** Of the collection that the base was read from. */
  version: number;
  draft: CollectionDraft;
}

/** Unsaved changes of a collection, and their way to the server: all of them in one step, or none. */
export function useCollectionDraft(
  target: CollectionTarget,
  collection: (SavedCollection & { version: number }) | null,
) {
  const { attempt, isPending, failure, reset } = useAction(ImportPromptCollection);
  const [written, setWritten] = useState<Written | null>(null);
  const [hasConflict, setHasConflict] = useState(false);
  const version = collection?.version ?? 0;
  const saved = useMemo(() => draftOf(collection), [collection]);
  const base = written?.base ?? saved;
  const draft = written?.draft ?? saved;
  const changes = useMemo(() => changesOf(base, draft), [base, draft]);
  const problems = useMemo(() => problemsOf(draft), [draft]);

  const write = (next: CollectionDraft) =>
    setWritten((before) => {
      const began = before ?? { base: saved, version };
      return changesOf(began.base, next).size === 0 ? null : { base: began.base, version: began.version, draft: next };
    });
  const send = async (sent: CollectionDraft, expectedVersion: number) => {
    const { payload, failure: refused } = await attempt({ input: { ...target, expectedVersion, file: fileOf(sent) } });
    setHasConflict(refused?.code === "COLLECTION_CHANGED");
    if (!payload) return false;
    // What was typed while it was saved stays unsaved.
    setWritten((before) =>
      before === null || before.draft === draft
        ? null
        : { base: sent, version: payload.collection.version, draft: before.draft },
    );
    return true;
  };
  return {
    base,
    draft,
    changes,
    problems,
    write,
    isPending,
    failure: failure?.code === "COLLECTION_CHANGED" ? null : failure,
    /** Somebody else has saved since the first of these changes. */
    isOvertaken: written !== null && written.version !== version && !isPending,
    hasConflict,
    closeConflict: () => {
      reset();
      setHasConflict(false);
    },
    save: () => send(draft, written?.version ?? version),
    /** @param onVersion the version that it is to be put on top of */
    saveMerged: (merged: CollectionDraft, onVersion: number) => send(merged, onVersion),
    discard: () => {
      reset();
      setHasConflict(false);
      setWritten(null);
    },
  };
}

export type CollectionEditing = ReturnType<typeof useCollectionDraft>;
