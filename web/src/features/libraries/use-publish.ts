"use client";

import { useState } from "react";
import type { DraftKeeper } from "#features/libraries/draft-keeper.ts";
import { SaveLibraryDraft } from "#features/libraries/library-operations.ts";
import type { OnLibraryChanged } from "#gql/graphql.ts";
import { useAction } from "#lib/graphql/use-action.ts";

/** Publishes what a keeper keeps. */
export function usePublish(keeper: DraftKeeper, onSaved: (libraryId: string) => void) {
  const { attempt, failure, reset } = useAction(SaveLibraryDraft);
  const [isPending, setIsPending] = useState(false);
  /** The draft that others have overtaken. */
  const [conflictId, setConflictId] = useState<string | null>(null);
  const send = async (onChanged: OnLibraryChanged) => {
    // Another window of the same person may have been in the draft since: what is here is what is published.
    keeper.reopen();
    const id = (await keeper.flush()) ? keeper.now().draft?.id : undefined;
    return id === undefined ? null : { id, ...(await attempt({ input: { id, onChanged } })) };
  };
  return {
    isPending,
    failure: failure?.code === "LIBRARY_CHANGED" ? null : failure,
    reset,
    conflictId,
    save: async (onChanged: OnLibraryChanged = "REFUSE") => {
      setIsPending(true);
      const answer = await send(onChanged);
      setIsPending(false);
      if (answer?.failure?.code === "LIBRARY_CHANGED") setConflictId(answer.id);
      if (!answer?.payload) return;
      setConflictId(null);
      onSaved(answer.payload.library.id);
    },
    closeConflict: () => {
      reset();
      setConflictId(null);
    },
  };
}
