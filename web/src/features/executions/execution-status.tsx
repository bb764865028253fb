import { Ban, CircleCheck, CircleX, Film, Images, type LucideIcon, MousePointerClick, SquareStack } from "lucide-react";
import type { ExecutionStatus } from "#gql/graphql.ts";
import { useRefused } from "#ui/access.ts";
import { Badge, type Tone } from "#ui/badge.tsx";

const looks: Record<ExecutionStatus, { icon: LucideIcon; tone: Tone; words: string }> = {
  IMAGES: { icon: Images, tone: "live", words: "Making images" },
  CHOOSING: { icon: MousePointerClick, tone: "warn", words: "Waits for your choice" },
  VIDEOS: { icon: SquareStack, tone: "live", words: "Making clips" },
  STITCHING: { icon: Film, tone: "live", words: "Joining the film" },
  SUCCEEDED: { icon: CircleCheck, tone: "good", words: "Film is there" },
  FAILED: { icon: CircleX, tone: "bad", words: "Failed" },
  CANCELED: { icon: Ban, tone: "neutral", words: "Canceled" },
};

/** Where an execution stands, by icon and word. Whose choice it waits for depends on who looks. */
export function ExecutionStatusBadge({ status }: { status: ExecutionStatus }) {
  const { icon: Icon, tone, words } = looks[status];
  const mayNot = useRefused("CREATOR") !== null;
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {status === "CHOOSING" && mayNot ? "Waits for a choice" : words}
    </Badge>
  );
}

/** Whether runs of it may be under way. */
export const isUnderWay = (status: ExecutionStatus): boolean =>
  status === "IMAGES" || status === "VIDEOS" || status === "STITCHING";
