"use client";

import { CircleX } from "lucide-react";
import { useState } from "react";
import { GenerateDialog } from "#features/stories/scene/generate/generate-dialog.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";
import { Progress } from "#ui/progress.tsx";

const ImageProgressFields = graphql(`
  fragment ImageProgress on Scene {
    id
    imageProgress {
      total
      completed
      failed
      canceled
      open
      failures {
        id
        error
        job {
          id
        }
        sceneAsset {
          id
          projectAsset {
            id
            name
          }
        }
      }
    }
  }
`);

interface Props {
  scene: FragmentType<typeof ImageProgressFields>;
  projectId: string;
}

/** How far the pictures of a scene are that were asked for last, and which could not be made. */
export function ImageProgress({ scene, projectId }: Props) {
  const { imageProgress } = readFragment(ImageProgressFields, scene);
  const [isRetrying, setIsRetrying] = useState(false);
  if (!imageProgress || (imageProgress.open === 0 && imageProgress.failed === 0)) return null;
  const { total, completed, open, failures } = imageProgress;
  const over = total - open;
  return (
    <div role="status" className="mb-3 flex flex-col gap-1.5">
      {open > 0 && (
        <>
          <p className="text-accent-ink">{`Generating (${over}/${total})`}</p>
          <Progress label="Pictures of the scene" value={total === 0 ? 0 : over / total} />
        </>
      )}
      {failures.length > 0 && (
        <div className="rounded-md bg-bad-soft px-3 py-2">
          <p className="flex items-center gap-2 font-medium text-bad">
            <CircleX aria-hidden className="size-4 shrink-0" />
            {`${plural(failures.length, "picture")} failed${completed > 0 ? `, ${completed} made` : ""}`}
          </p>
          <ul aria-label="Failed pictures" className="text-ink-2">
            {failures.map(({ id, error, job, sceneAsset }) => (
              <li key={id}>
                <span className="text-ink">{sceneAsset.projectAsset.name}</span>
                {error && `: ${error}`}
                {job && (
                  <>
                    {" "}
                    <Link href={`/jobs/${encodeURIComponent(job.id)}`} className="underline underline-offset-2">
                      Its job
                    </Link>
                  </>
                )}
              </li>
            ))}
          </ul>
          <Button needs="CREATOR" size="sm" className="mt-1.5" onClick={() => setIsRetrying(true)}>
            Generate again
          </Button>
        </div>
      )}
      {isRetrying && (
        <GenerateDialog
          instanceIds={failures.map(({ sceneAsset }) => sceneAsset.id)}
          projectId={projectId}
          onClose={() => setIsRetrying(false)}
        />
      )}
    </div>
  );
}
