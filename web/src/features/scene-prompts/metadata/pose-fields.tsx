import { useState } from "react";
import { UpdateSceneMetadata } from "#features/scene-prompts/metadata/metadata-operations.ts";
import { SavedInput } from "#features/scene-prompts/metadata/saved-input.tsx";
import type { Failure } from "#lib/graphql/failure.ts";
import { useAction } from "#lib/graphql/use-action.ts";

interface Props {
  sceneId: string;
  poseName: string;
  maskType: string;
  depthType: string;
  resolution: { width: number; height: number } | null;
}

/** Pose, mask, depth and size of a scene. */
export function PoseFields({ sceneId, poseName, maskType, depthType, resolution }: Props) {
  const { attempt } = useAction(UpdateSceneMetadata);
  const save = async (part: object): Promise<Failure | null> =>
    (await attempt({ input: { sceneId, ...part } })).failure;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SavedInput
        label="Pose"
        value={poseName}
        maxLength={200}
        placeholder="None"
        onSave={(text) => save({ poseName: text || null })}
      />
      <SavedInput
        label="Mask"
        value={maskType}
        maxLength={200}
        placeholder="None"
        onSave={(text) => save({ maskType: text || null })}
      />
      <SavedInput
        label="Depth"
        value={depthType}
        maxLength={200}
        placeholder="None"
        onSave={(text) => save({ depthType: text || null })}
      />
      <Resolution resolution={resolution} onSave={(size) => save({ resolution: size })} />
    </div>
  );
}

interface ResolutionProps {
  resolution: Props["resolution"];
  onSave: (size: Props["resolution"]) => Promise<Failure | null>;
}

/** Both sides or none: the first of two that is typed waits for the other. */
function Resolution({ resolution, onSave }: ResolutionProps) {
  const [half, setHalf] = useState<{ width?: string; height?: string }>({});
  const saveSide = async (part: { width: string } | { height: string }): Promise<Failure | null> => {
    const next = { width: String(resolution?.width ?? ""), height: String(resolution?.height ?? ""), ...half, ...part };
    if ((next.width === "") !== (next.height === "")) {
      setHalf({ ...half, ...part });
      return null;
    }
    const size = next.width === "" ? null : { width: Number(next.width), height: Number(next.height) };
    const failure = await onSave(size);
    if (!failure) setHalf({});
    return failure;
  };
  const side = { type: "number", min: 16, max: 16_384, placeholder: "Any" } as const;
  const isWaiting = Object.keys(half).length > 0;
  return (
    <div role="group" aria-label="Resolution" className="grid grid-cols-2 gap-3">
      <SavedInput
        label="Width"
        help={isWaiting ? "Saved once both sides are given" : "In pixels"}
        value={half.width ?? String(resolution?.width ?? "")}
        {...side}
        onSave={(width) => saveSide({ width })}
      />
      <SavedInput
        label="Height"
        help="In pixels"
        value={half.height ?? String(resolution?.height ?? "")}
        {...side}
        onSave={(height) => saveSide({ height })}
      />
    </div>
  );
}
