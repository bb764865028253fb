"use client";

import { useMemo } from "react";
import { AvailableNames } from "#features/scene-prompts/available-names.tsx";
import { BranchDefaults } from "#features/scene-prompts/branch-defaults.tsx";
import { CollectionActions } from "#features/scene-prompts/collection-actions.tsx";
import { CollectionConflictDialog } from "#features/scene-prompts/collection-conflict-dialog.tsx";
import { type CollectionTarget, EditedCollectionFields } from "#features/scene-prompts/collection-operations.ts";
import { CompositionList } from "#features/scene-prompts/composition-list.tsx";
import { PromptList } from "#features/scene-prompts/prompt-list.tsx";
import { useCollectionDraft } from "#features/scene-prompts/use-collection-draft.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { Editable } from "#ui/editable.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { SaveBar } from "#ui/save-bar.tsx";

type Collection = FragmentType<typeof EditedCollectionFields>;

interface Props {
  target: CollectionTarget;
  /** For files: the title of the scene or the name of the branch. */
  name: string;
  collection: Collection | null;
  branch: { id: string; name: string; project: { id: string } };
  /** The branch's prompts; left out when they are what is edited. */
  fallback?: Collection | null;
  libraries: readonly { id: string; name: string; delimiter: string; keys: readonly string[] }[];
  revision: number;
}

/** The prompts and compositions of a scene, or those of a branch that its scenes fall back to. */
export function CollectionEditor({ target, name, branch, libraries, revision, ...props }: Props) {
  const collection = readFragment(EditedCollectionFields, props.collection);
  const fallback = readFragment(EditedCollectionFields, props.fallback ?? null);
  const isScene = "sceneId" in target;
  const editing = useCollectionDraft(target, collection);
  const { draft, changes, problems, write } = editing;
  useUnsavedGuard(changes.size > 0);
  const vocabulary = useMemo(
    () => ({
      placeholders: null,
      libraryKeys: libraries.flatMap((library) =>
        library.keys.map((key) => ({ key, library: library.name, delimiter: library.delimiter })),
      ),
    }),
    [libraries],
  );
  return (
    <>
      {editing.isOvertaken && !editing.hasConflict && (
        <div className="mb-4">
          <Notice tone="warn" title="Somebody has changed these prompts since you began">
            Go on writing: a save shows both, and nothing is overwritten by itself.
          </Notice>
        </div>
      )}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel
          title={isScene ? "Prompts of the scene" : "Prompts of the branch"}
          actions={
            <CollectionActions
              target={target}
              name={name}
              collection={collection}
              unsavedCount={changes.size}
              onReplaced={editing.discard}
            />
          }
        >
          <ErrorBoundary name="The prompts">
            <Editable needs="CREATOR">
              <PromptList
                draft={draft}
                changes={changes}
                problems={problems}
                vocabulary={vocabulary}
                onChange={write}
                empty={
                  isScene
                    ? "The scene has no prompts of its own: all come from its branch."
                    : "No prompt yet. What is written here holds for every scene of the branch that has none of that name."
                }
              />
              {changes.has("order") && <p className="mt-2 text-sm text-accent-ink">The new order is unsaved.</p>}
              {isScene && <BranchDefaults branch={branch} fallback={fallback} draft={draft} onChange={write} />}
            </Editable>
          </ErrorBoundary>
        </Panel>
        <div className="flex min-w-0 flex-col gap-8">
          <Panel title="Compositions">
            <ErrorBoundary name="The compositions">
              <Editable needs="CREATOR">
                <CompositionList
                  draft={draft}
                  fallback={fallback}
                  libraryIds={libraries.map(({ id }) => id)}
                  changes={changes}
                  problems={problems}
                  onChange={write}
                />
              </Editable>
            </ErrorBoundary>
          </Panel>
          <AvailableNames
            branchId={branch.id}
            projectId={branch.project.id}
            sceneId={isScene ? target.sceneId : null}
            revision={revision}
          />
        </div>
      </div>
      {editing.failure && (
        <div className="mt-3">
          <FailureNotice failure={editing.failure} />
        </div>
      )}
      <SaveBar
        count={changes.size}
        isPending={editing.isPending}
        isBlocked={problems.size > 0}
        onSave={() => void editing.save()}
        onDiscard={editing.discard}
      />
      {editing.hasConflict && <CollectionConflictDialog target={target} editing={editing} />}
    </>
  );
}
