"use client";

import { useMemo } from "react";
import { useClient } from "urql";
import type { DraftServer, KeptDraft } from "#features/libraries/draft-keeper.ts";
import type { Entries } from "#features/libraries/library-draft.ts";
import {
  DiscardLibraryDraft,
  EditLibraryDraft,
  KeptDraftFields,
  OpenLibraryDraft,
} from "#features/libraries/library-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import type { Failure } from "#lib/graphql/failure.ts";

const OwnDraftQuery = graphql(`
  query OwnDraft($libraryId: ID!) {
    libraryDrafts(libraryId: $libraryId) {
      id
      isOutdated
      ...KeptDraft
    }
  }
`);

export function keptDraft(fields: FragmentType<typeof KeptDraftFields>): KeptDraft {
  const { base, entries, ...draft } = readFragment(KeptDraftFields, fields);
  return { ...draft, base: base as Entries, entries: entries as Entries };
}

interface LibraryDraftServer extends DraftServer {
  /** The viewer's draft of the library; null when there is none, or the server does not answer. */
  find: () => Promise<{ draft: KeptDraft; isOutdated: boolean } | null>;
}

/**
 * The server's side of editing a library.
 * @param id of the library; of the draft itself when the library is a new one
 */
export function useDraftServer(id: string, isNew: boolean): LibraryDraftServer {
  const client = useClient();
  const { attempt: open } = useAction(OpenLibraryDraft);
  const { attempt: edit } = useAction(EditLibraryDraft);
  const { attempt: discard } = useAction(DiscardLibraryDraft);
  return useMemo(
    () => ({
      open: async () => answerOf(await (isNew ? edit({ input: { id } }) : open({ input: { libraryId: id } }))),
      edit: async (draftId, { setEntries, removeKeys }) =>
        answerOf(await edit({ input: { id: draftId, setEntries, removeKeys: [...removeKeys] } })),
      discard: async (draftId) => (await discard({ input: { id: draftId } })).failure,
      find: async () => {
        if (isNew) return null;
        const { data } = await client
          .query(OwnDraftQuery, { libraryId: id }, { requestPolicy: "network-only" })
          .toPromise();
        const [found] = data?.libraryDrafts ?? [];
        return found ? { draft: keptDraft(found), isOutdated: found.isOutdated } : null;
      },
    }),
    [client, open, edit, discard, id, isNew],
  );
}

interface Attempt {
  payload: { draft: FragmentType<typeof KeptDraftFields> } | null;
  failure: Failure | null;
}

const noResult: Failure = { code: "INTERNAL", message: "The server gave no result.", hint: null, issues: [] };

function answerOf({ payload, failure }: Attempt) {
  return payload ? { draft: keptDraft(payload.draft), failure: null } : { draft: null, failure: failure ?? noResult };
}
