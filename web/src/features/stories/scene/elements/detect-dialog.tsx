"use client";

import { NamedElements } from "#features/stories/scene/elements/named-elements.tsx";
import { SuggestedElements } from "#features/stories/scene/elements/suggested-elements.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Dialog } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const DetectQuery = graphql(`
  query DetectElements($sceneId: ID!) {
    scene(id: $sceneId) {
      id
      ...NamedElements
      ...SuggestedElements
    }
  }
`);

interface Props {
  scene: { id: string };
  onClose: () => void;
}

/** What a scene needs: by the names in its script and shots, and by what a language model makes of them. */
export function DetectDialog({ scene, onClose }: Props) {
  const [result, refetch] = useQuery({ query: DetectQuery, variables: { sceneId: scene.id } });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Detect assets"
      description="Each that you add starts as it was seen last."
    >
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-14" />}>
        {({ scene: found }) =>
          found ? (
            <div className="flex flex-col gap-6">
              <NamedElements scene={found} onChanged={refetch} />
              <SuggestedElements scene={found} onChanged={refetch} />
            </div>
          ) : (
            <p className="text-ink-2">This scene does not exist any more.</p>
          )
        }
      </QueryPanel>
    </Dialog>
  );
}
