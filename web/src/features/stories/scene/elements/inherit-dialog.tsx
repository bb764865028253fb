"use client";

import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { InheritEntry } from "#features/stories/scene/elements/inherit-entry.tsx";
import { InheritSceneAssets } from "#features/stories/scene/scene-asset-operations.ts";
import { graphql } from "#gql/gql.ts";
import type { CarryChoice } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Notice } from "#ui/notice.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const InheritQuery = graphql(`
  query InheritPreview($sceneId: ID!) {
    continuityDiff(sceneId: $sceneId) {
      prior {
        id
        number
        title
      }
      entries {
        kind
        projectAsset {
          id
        }
        ...InheritEntry
      }
      notReady {
        id
        name
      }
    }
  }
`);

interface Props {
  scene: { id: string; number: number };
  onClose: () => void;
}

/** What a scene would take over, asset by asset, to choose from before it does. */
export function InheritDialog({ scene, onClose }: Props) {
  const [result, refetch] = useQuery({ query: InheritQuery, variables: { sceneId: scene.id } });
  const [choices, setChoices] = useState<ReadonlyMap<string, CarryChoice>>(new Map());
  const inherit = useAction(InheritSceneAssets);
  const run = async (fromProjectAssets: boolean) => {
    const payload = await inherit.run({
      input: {
        sceneId: scene.id,
        fromProjectAssets,
        choices: fromProjectAssets ? [] : [...choices].map(([projectAssetId, choice]) => ({ projectAssetId, choice })),
      },
    });
    if (!payload) return;
    toast.success(`${plural(payload.scene.assets.length, "asset")} in the scene`);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={scene.number === 1 ? "Start with the locked assets" : `Carry forward from scene ${scene.number - 1}`}
      description="Choose what becomes of each asset. Nothing happens before you confirm."
      className="max-w-3xl"
    >
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-24" />}>
        {({ continuityDiff: { prior, entries, notReady } }) => {
          const choiceOf = (id: string, kind: string): CarryChoice =>
            choices.get(id) ?? (kind === "RESETS" ? "RESET" : "CARRY");
          const taken = entries.filter(({ projectAsset, kind }) => choiceOf(projectAsset.id, kind) !== "SKIP");
          return (
            <>
              {entries.length === 0 && (
                <Notice
                  tone="info"
                  title={
                    prior ? `Scene ${prior.number} has no assets to carry forward` : "No project asset is locked yet"
                  }
                >
                  {prior
                    ? "Give it some first, detect what this script names, or start from the locked project assets."
                    : "Lock what is approved among the project assets of the branch, or add assets by hand."}
                </Notice>
              )}
              <ul className="divide-y" aria-label="What would be inherited">
                {entries.map((entry) => (
                  <InheritEntry
                    key={entry.projectAsset.id}
                    entry={entry}
                    hasPrior={prior != null}
                    choice={choiceOf(entry.projectAsset.id, entry.kind)}
                    onChoice={(choice) => setChoices((before) => new Map(before).set(entry.projectAsset.id, choice))}
                  />
                ))}
              </ul>
              {notReady.length > 0 && (
                <p className="mt-3 text-ink-2">
                  {`Not designed yet, to be added by hand: ${notReady.map(({ name }) => name).join(", ")}.`}
                </p>
              )}
              <div className="mt-3 empty:hidden">
                <FailureNotice failure={inherit.failure} />
              </div>
              <DialogActions>
                <Button variant="quiet" onClick={onClose}>
                  Cancel
                </Button>
                {prior && (
                  <Button
                    variant={entries.length === 0 ? "primary" : "secondary"}
                    isPending={inherit.isPending}
                    onClick={() => void run(true)}
                  >
                    Start from the project assets
                  </Button>
                )}
                {entries.length > 0 && (
                  <Button
                    variant="primary"
                    disabled={taken.length === 0}
                    isPending={inherit.isPending}
                    onClick={() => void run(false)}
                  >
                    {`Inherit ${plural(taken.length, "asset")}`}
                  </Button>
                )}
              </DialogActions>
            </>
          );
        }}
      </QueryPanel>
    </Dialog>
  );
}
