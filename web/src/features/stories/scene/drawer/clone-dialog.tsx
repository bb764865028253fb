"use client";

import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { MatchOption } from "#features/stories/scene/drawer/match-option.tsx";
import { CloneLibraryAsset } from "#features/stories/scene/scene-asset-operations.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const MatchesQuery = graphql(`
  query LibraryMatches($libraryAssetId: ID!, $branchId: ID!) {
    libraryAssetMatches(libraryAssetId: $libraryAssetId, branchId: $branchId) {
      score
      projectAsset {
        id
        ...MatchOption
      }
    }
  }
`);

interface Props {
  libraryAsset: { id: string; name: string };
  scene: { id: string; number: number; branchId: string };
  onClose: () => void;
  onAdded: (sceneAssetId: string) => void;
}

/** Names that are alike say that the project may have it already. */
const likely = 0.75;

/** Brings an asset of the library into a scene: as one that the branch has already, or as a new one. */
export function CloneDialog({ libraryAsset, scene, onClose, onAdded }: Props) {
  const { id: libraryAssetId, name } = libraryAsset;
  const { branchId } = scene;
  const [result, refetch] = useQuery({ query: MatchesQuery, variables: { libraryAssetId, branchId } });
  const [chosen, setChosen] = useState<string | null>(null);
  const clone = useAction(CloneLibraryAsset);
  const run = async (linkToId: string) => {
    const payload = await clone.run({
      input: { libraryAssetId, branchId, sceneId: scene.id, ...(linkToId && { linkToId }) },
    });
    if (!payload) return;
    toast.success(
      payload.isNew ? `${name} is new in the project and in the scene` : `${payload.projectAsset.name} is in the scene`,
    );
    if (payload.sceneAsset) onAdded(payload.sceneAsset.id);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Add ${name} to scene ${scene.number}`}
      description="The branch gets it with text and picture, unless it is one that the branch has already."
      className="max-w-lg"
    >
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-14" />}>
        {({ libraryAssetMatches: matches }) => {
          const [best] = matches;
          const choice = chosen ?? (best && best.score >= likely ? best.projectAsset.id : "");
          return (
            <>
              <fieldset className="flex flex-col gap-1">
                <legend className="sr-only">What it is in the branch</legend>
                <label className="flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-2 hover:bg-hover">
                  <input
                    type="radio"
                    name="match"
                    className="size-4 accent-accent"
                    checked={choice === ""}
                    onChange={() => setChosen("")}
                  />
                  {`A new project asset, ${name}`}
                </label>
                {matches.map(({ score, projectAsset }) => (
                  <MatchOption
                    key={projectAsset.id}
                    asset={projectAsset}
                    score={score}
                    isChosen={choice === projectAsset.id}
                    onChoose={() => setChosen(projectAsset.id)}
                  />
                ))}
              </fieldset>
              <div className="mt-3 empty:hidden">
                <FailureNotice failure={clone.failure} />
              </div>
              <DialogActions>
                <Button variant="quiet" onClick={onClose}>
                  Cancel
                </Button>
                <Button variant="primary" isPending={clone.isPending} onClick={() => void run(choice)}>
                  {choice === "" ? "Make it and add" : "Link it and add"}
                </Button>
              </DialogActions>
            </>
          );
        }}
      </QueryPanel>
    </Dialog>
  );
}
