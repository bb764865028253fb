"use client";

import { CircleDashed } from "lucide-react";
import { AssetWorkflowSelect } from "#features/stories/scene/generate/asset-workflow-select.tsx";
import { Link } from "#ui/link.tsx";

interface Props {
  blockers: readonly {
    code: string;
    message: string;
    remedy: string;
    sceneAssets: readonly { projectAsset: { name: string } }[];
  }[];
  projectId: string;
  /** Something was put right: the rest may be other now. */
  onChanged: () => void;
}

/** What keeps pictures from being made, with what to do; the workflow is chosen right here. */
export function BlockerList({ blockers, projectId, onChanged }: Props) {
  if (blockers.length === 0) return null;
  return (
    <ul aria-label="What stands against it" className="flex flex-col gap-3">
      {blockers.map(({ code, message, remedy, sceneAssets }) => (
        <li key={`${code} ${message}`} className="flex gap-2">
          <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          <div className="min-w-0 grow">
            <p className="font-medium">{message}</p>
            <p className="text-ink-2">{remedy}</p>
            {sceneAssets.length > 0 && (
              <p className="text-ink-3">{sceneAssets.map(({ projectAsset }) => projectAsset.name).join(", ")}</p>
            )}
            {code === "NO_LOCKED_STYLE" && (
              <Link
                href={`/stories/styles?project=${encodeURIComponent(projectId)}`}
                className="underline underline-offset-2"
              >
                Visual styles of the project
              </Link>
            )}
            {code === "NO_ASSET_WORKFLOW" && <AssetWorkflowSelect projectId={projectId} onChosen={onChanged} />}
          </div>
        </li>
      ))}
    </ul>
  );
}
