"use client";

import { changedByOthers } from "#features/libraries/draft-changes.ts";
import type { Entries } from "#features/libraries/library-draft.ts";
import { EditLibraryDraft } from "#features/libraries/library-operations.ts";
import { graphql } from "#gql/gql.ts";
import type { OnLibraryChanged } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { WordDiff } from "#ui/word-diff.tsx";

const LibraryConflictsQuery = graphql(`
  query LibraryConflicts($draftId: ID!) {
    node(id: $draftId) {
      __typename
      id
      ... on LibraryDraft {
        base
        entries
        conflicts {
          key
          base
          mine
          theirs
        }
        library {
          id
          name
          delimiter
          maxDepth
          entries
        }
      }
    }
  }
`);

interface Props {
  draftId: string;
  isPending: boolean;
  failure: Failure | null;
  onSave: (onChanged: OnLibraryChanged) => void;
  onClose: () => void;
}

/** Somebody has changed the library that a draft is of: both, entry by entry, and what may be done. */
export function ConflictDialog({ draftId, isPending, failure, onSave, onClose }: Props) {
  const [result, refetch] = useQuery({
    query: LibraryConflictsQuery,
    variables: { draftId },
    requestPolicy: "network-only",
  });
  const { run, isPending: isPreparing, failure: unprepared } = useAction(EditLibraryDraft);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="The library was changed meanwhile"
      description="Nothing is saved yet."
      className="max-w-3xl"
    >
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-16" />}>
        {({ node }) => {
          if (node?.__typename !== "LibraryDraft" || !node.library) {
            return <p className="text-ink-2">The draft or its library is gone. Go on editing, then save again.</p>;
          }
          const { conflicts, library } = node;
          const [base, mine, theirs] = [node.base, node.entries, library.entries] as [Entries, Entries, Entries];
          const others = changedByOthers(base, mine, theirs);
          const save = async (onChanged: OnLibraryChanged) => {
            // The editor changes entries only: what others made of the settings stays.
            const { name, delimiter, maxDepth } = library;
            if (await run({ input: { id: draftId, name, delimiter, maxDepth } })) onSave(onChanged);
          };
          const isBusy = isPending || isPreparing;
          return (
            <div className="flex flex-col gap-4">
              <p className="text-ink-2">
                {conflicts.length === 0
                  ? "You and others have changed different entries."
                  : `${plural(conflicts.length, "entry was", "entries were")} changed by you and by others:`}
              </p>
              {conflicts.map((conflict) => (
                <section key={conflict.key} aria-label={conflict.key}>
                  <h3 className="mb-1 font-mono break-words">{conflict.key}</h3>
                  <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))] gap-4">
                    <Side name="Yours" base={conflict.base} text={conflict.mine} />
                    <Side name="Theirs" base={conflict.base} text={conflict.theirs} />
                  </dl>
                </section>
              ))}
              {others.length > 0 && (
                <p className="break-words text-ink-2">
                  {`Changed by others only: ${others.slice(0, 20).join(", ")}${others.length > 20 ? ` and ${(others.length - 20).toLocaleString("en")} more` : ""}. A merge keeps that; “Replace all” undoes it.`}
                </p>
              )}
              <FailureNotice failure={unprepared ?? failure} />
              <DialogActions>
                <Button variant="quiet" onClick={onClose}>
                  Go on editing
                </Button>
                <Button disabled={isBusy} onClick={() => void save("REPLACE")}>
                  Replace all
                </Button>
                <Button variant="primary" isPending={isBusy} onClick={() => void save("MERGE")}>
                  Merge (yours where both changed)
                </Button>
              </DialogActions>
            </div>
          );
        }}
      </QueryPanel>
    </Dialog>
  );
}

interface SideProps {
  name: string;
  base: string | null | undefined;
  text: string | null | undefined;
}

function Side({ name, base, text }: SideProps) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-3">{name}</dt>
      <dd>
        {text == null ? (
          <span className="text-ink-2">Removed</span>
        ) : (
          <WordDiff before={base ?? ""} after={text} className="text-lg leading-[22px]" />
        )}
      </dd>
    </div>
  );
}
