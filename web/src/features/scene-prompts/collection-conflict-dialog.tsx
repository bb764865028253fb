"use client";

import { type CollectionDraft, draftOf } from "#features/scene-prompts/collection-draft.ts";
import { type CollectionTarget, EditedCollectionFields } from "#features/scene-prompts/collection-operations.ts";
import { type Conflict, mergeDrafts } from "#features/scene-prompts/merge-drafts.ts";
import type { CollectionEditing } from "#features/scene-prompts/use-collection-draft.ts";
import { readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { WordDiff } from "#ui/word-diff.tsx";

const CollectionConflictQuery = graphql(`
  query CollectionConflict($ownerId: ID!) {
    node(id: $ownerId) {
      __typename
      id
      ... on Scene {
        promptCollection {
          id
          ...EditedCollection
        }
      }
      ... on Branch {
        promptCollection {
          id
          ...EditedCollection
        }
      }
    }
  }
`);

interface Props {
  target: CollectionTarget;
  editing: CollectionEditing;
}

/** Somebody has saved the collection since it was read: both, prompt by prompt, and what may be done. */
export function CollectionConflictDialog({ target, editing }: Props) {
  const [result, refetch] = useQuery({
    query: CollectionConflictQuery,
    variables: { ownerId: "sceneId" in target ? target.sceneId : target.branchId },
    requestPolicy: "network-only",
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && editing.closeConflict()}
      title="The prompts were changed meanwhile"
      description="Nothing is saved yet."
      className="max-w-3xl"
    >
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-16" />}>
        {({ node }) => {
          const owner = node?.__typename === "Scene" || node?.__typename === "Branch" ? node : null;
          const saved = readFragment(EditedCollectionFields, owner?.promptCollection ?? null);
          const theirs = draftOf(saved);
          const version = saved?.version ?? 0;
          const merge = mergeDrafts(editing.base, editing.draft, theirs);
          const isBusy = editing.isPending || result.stale;
          const save = async (draft: CollectionDraft) => {
            // Should it have been changed yet again, that is shown.
            if (!(await editing.saveMerged(draft, version))) refetch();
          };
          return (
            <div className="flex flex-col gap-4">
              <p className="text-ink-2">
                {merge.conflicts.length === 0
                  ? "You and others have changed different prompts."
                  : `${plural(merge.conflicts.length, "place was", "places were")} changed by you and by others:`}
              </p>
              {merge.conflicts.map((conflict) => (
                <ConflictSides key={`${conflict.kind} ${conflict.name}`} conflict={conflict} />
              ))}
              {merge.theirs.length > 0 && (
                <p className="break-words text-ink-2">
                  {`Changed by others only: ${merge.theirs.slice(0, 20).join(", ")}${merge.theirs.length > 20 ? ` and ${merge.theirs.length - 20} more` : ""}. A merge keeps that; “Replace all” undoes it.`}
                </p>
              )}
              <FailureNotice failure={editing.failure} />
              <DialogActions>
                <Button variant="quiet" onClick={editing.closeConflict}>
                  Go on editing
                </Button>
                <Button disabled={isBusy} onClick={() => void save(editing.draft)}>
                  Replace all
                </Button>
                <Button variant="primary" isPending={isBusy} onClick={() => void save(merge.draft)}>
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

function ConflictSides({ conflict }: { conflict: Conflict }) {
  const { name, kind, base, mine, theirs } = conflict;
  return (
    <section aria-label={name}>
      <h3 className="mb-1 flex flex-wrap items-baseline gap-2">
        <span className="font-mono break-words">{name}</span>
        {kind === "composition" && <span className="text-sm text-ink-3">composition</span>}
      </h3>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))] gap-4">
        <Side label="Yours" base={base} text={mine} />
        <Side label="Theirs" base={base} text={theirs} />
      </dl>
    </section>
  );
}

function Side({ label, base, text }: { label: string; base: string | null; text: string | null }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-3">{label}</dt>
      <dd>
        {text === null ? (
          <span className="text-ink-2">Removed</span>
        ) : (
          <WordDiff before={base ?? ""} after={text} className="text-lg leading-[22px]" />
        )}
      </dd>
    </div>
  );
}
