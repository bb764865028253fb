import { CircleCheck, CircleDashed, GitCommitHorizontal, Lock, type LucideIcon, PencilLine, Star } from "lucide-react";
import type { SceneAssetReviewStatus } from "#gql/graphql.ts";
import { Badge, type Tone } from "#ui/badge.tsx";

const looks: Record<SceneAssetReviewStatus, { word: string; icon: LucideIcon; tone: Tone }> = {
  UNREVIEWED: { word: "Unreviewed", icon: CircleDashed, tone: "neutral" },
  EDITED: { word: "Edited", icon: PencilLine, tone: "calm" },
  READY: { word: "Ready", icon: CircleCheck, tone: "good" },
  LOCKED: { word: "Locked", icon: Lock, tone: "good" },
};

/** How far the state of an asset has been looked at. */
export function ReviewBadge({ status }: { status: SceneAssetReviewStatus }) {
  const { word, icon: Icon, tone } = looks[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}

/** Whether a state began at the project asset, or at which earlier scene. */
export function OriginBadge({ sceneNumber }: { sceneNumber: number | null | undefined }) {
  const Icon = sceneNumber == null ? Star : GitCommitHorizontal;
  return (
    <Badge>
      <Icon aria-hidden />
      {sceneNumber == null ? "Master" : `Scene ${sceneNumber}`}
    </Badge>
  );
}
