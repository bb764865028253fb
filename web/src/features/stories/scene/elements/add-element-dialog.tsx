"use client";

import { Check, Plus, Users } from "lucide-react";
import { useState } from "react";
import { ProjectAssetDialog } from "#features/stories/assets/project-asset-dialog.tsx";
import { CandidateRow } from "#features/stories/scene/elements/candidate-row.tsx";
import { CreateSceneAsset } from "#features/stories/scene/scene-asset-operations.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Segments } from "#ui/segments.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const CandidatesQuery = graphql(`
  query ElementCandidates($branchId: ID!, $after: String, $search: String) {
    branch(id: $branchId) {
      id
      assets(first: 50, after: $after, search: $search) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...CandidateRow
        }
      }
    }
  }
`);

const none = { nodes: [], pageInfo: { hasNextPage: false }, totalCount: 0 };

interface Props {
  scene: { id: string; number: number; branchId: string };
  /** Project assets that the scene has already. */
  present: readonly string[];
  onClose: () => void;
}

/** Gives a scene assets of its branch one by one, each as it was seen last or as the project has it. */
export function AddElementDialog({ scene, present, onClose }: Props) {
  const [start, setStart] = useState<"last" | "master">("last");
  const [search, setSearch] = useState("");
  const settled = useDebounced(search.trim(), 200);
  const [isNew, setIsNew] = useState(false);
  const create = useAction(CreateSceneAsset);
  const add = async (projectAssetId: string) => {
    await create.run({ input: { sceneId: scene.id, projectAssetId, fromLastAppearance: start === "last" } });
  };
  const newAsset = (
    <Button onClick={() => setIsNew(true)}>
      <Plus aria-hidden />
      New project asset
    </Button>
  );
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={`Add to scene ${scene.number}`}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput label="Search assets" value={search} onValueChange={setSearch} className="min-w-40 grow" />
        {newAsset}
      </div>
      <div className="mb-2 flex flex-wrap items-center gap-2 text-ink-2">
        <span aria-hidden>Starts from</span>
        <Segments
          label="Starts from"
          value={start}
          onValueChange={setStart}
          segments={[
            { value: "last", label: "Last appearance" },
            { value: "master", label: "Master" },
          ]}
        />
      </div>
      <FailureNotice failure={create.failure} />
      <Pages
        query={CandidatesQuery}
        variables={{ branchId: scene.branchId, search: settled || null }}
        select={(page) => page.branch?.assets ?? none}
        loading={<SkeletonRows count={4} className="h-14" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(assets, { offset }) =>
          offset === 0 && assets.length === 0 ? (
            <EmptyState icon={Users} title={settled ? "No asset matches" : "The branch has no assets yet"} />
          ) : (
            <ul aria-label="Assets of the branch" className="divide-y border-t">
              {assets.map((asset) => (
                <CandidateRow key={asset.id} asset={asset}>
                  {(name) =>
                    present.includes(asset.id) ? (
                      <span className="flex items-center gap-1 whitespace-nowrap text-ink-3">
                        <Check aria-hidden className="size-4" />
                        In the scene
                      </span>
                    ) : (
                      <Button
                        size="sm"
                        aria-label={`Add ${name}`}
                        disabled={create.isPending}
                        onClick={() => void add(asset.id)}
                      >
                        <Plus aria-hidden />
                        Add
                      </Button>
                    )
                  }
                </CandidateRow>
              ))}
            </ul>
          )
        }
      </Pages>
      {isNew && (
        <ProjectAssetDialog
          branchId={scene.branchId}
          initialType="CHARACTER"
          onClose={() => setIsNew(false)}
          onCreated={add}
        />
      )}
    </Dialog>
  );
}
