import { CircleCheck, Film, Layers, type LucideIcon, ScrollText } from "lucide-react";
import type { SceneStatus } from "#gql/graphql.ts";
import { Badge, type Tone } from "#ui/badge.tsx";

const looks: Record<SceneStatus, { word: string; icon: LucideIcon; tone: Tone }> = {
  SCRIPT: { word: "Script", icon: ScrollText, tone: "neutral" },
  ASSETS: { word: "Assets", icon: Layers, tone: "calm" },
  READY: { word: "Ready", icon: CircleCheck, tone: "good" },
  RENDERED: { word: "Rendered", icon: Film, tone: "good" },
};

/** How far a scene is, by icon and word. */
export function SceneStatusBadge({ status }: { status: SceneStatus }) {
  const { word, icon: Icon, tone } = looks[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}
