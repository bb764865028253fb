"use client";

import { Sparkles } from "lucide-react";
import { BlockerList } from "#features/stories/scene/generate/blocker-list.tsx";
import { ImageEstimate } from "#features/stories/scene/generate/image-estimate.tsx";
import { EstimateSceneImages, GenerateSceneImages } from "#features/stories/scene/generate/generate-operations.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

interface Props {
  /** The states that pictures are wanted of. */
  instanceIds: readonly string[];
  projectId: string;
  onClose: () => void;
  onStarted?: () => void;
}

/** What pictures would take and cost, and what stands against them, before any is made. */
export function GenerateDialog({ instanceIds, projectId, onClose, onStarted }: Props) {
  const [result, refetch] = useQuery({
    query: EstimateSceneImages,
    variables: { instanceIds: [...instanceIds] },
    requestPolicy: "network-only",
  });
  const generate = useAction(GenerateSceneImages);
  const run = async () => {
    if (!(await generate.run({ input: { instanceIds: [...instanceIds], skipBlocked: true } }))) return;
    onStarted?.();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Generate ${plural(instanceIds.length, "picture")}`}
      description="From description, tags and the locked style. What is there stays until the new picture is."
      className="max-w-lg"
    >
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-14" />}>
        {({ estimateSceneAssetImages: estimate }) => {
          const open = estimate.pictures.filter(({ openPicture }) => openPicture).length;
          const { imageCount } = estimate;
          return (
            <div className="flex flex-col gap-4">
              <BlockerList blockers={estimate.blockers} projectId={projectId} onChanged={refetch} />
              {open > 0 && <p className="text-ink-2">{`${plural(open, "is", "are")} under way already.`}</p>}
              {imageCount > 0 && <ImageEstimate estimate={estimate} />}
              <FailureNotice failure={generate.failure} />
              <DialogActions>
                <Button variant="quiet" onClick={onClose}>
                  Cancel
                </Button>
                <Button
                  variant="primary"
                  disabled={imageCount === 0}
                  isPending={generate.isPending}
                  onClick={() => void run()}
                >
                  <Sparkles aria-hidden />
                  {imageCount < instanceIds.length
                    ? `Generate ${imageCount} of ${instanceIds.length}`
                    : `Generate ${imageCount}`}
                </Button>
              </DialogActions>
            </div>
          );
        }}
      </QueryPanel>
    </Dialog>
  );
}
