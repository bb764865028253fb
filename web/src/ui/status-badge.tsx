import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleX,
  Download,
  Hourglass,
  type LucideIcon,
  Send,
  TriangleAlert,
} from "lucide-react";
import { sentence } from "#lib/format.ts";
import { Badge, type Tone } from "#ui/badge.tsx";

const looks: Record<string, { icon: LucideIcon; tone: Tone }> = {
  PENDING: { icon: CircleDashed, tone: "neutral" },
  CLAIMED: { icon: Hourglass, tone: "live" },
  SUBMITTED: { icon: Send, tone: "live" },
  RUNNING: { icon: CircleDot, tone: "live" },
  GENERATING: { icon: CircleDot, tone: "live" },
  COLLECTING: { icon: Download, tone: "live" },
  CANCELING: { icon: Ban, tone: "warn" },
  PAUSED: { icon: CirclePause, tone: "calm" },
  REVIEW: { icon: CircleCheck, tone: "calm" },
  SUCCEEDED: { icon: CircleCheck, tone: "good" },
  APPROVED: { icon: CircleCheck, tone: "good" },
  PARTIAL: { icon: TriangleAlert, tone: "warn" },
  FAILED: { icon: CircleX, tone: "bad" },
  REJECTED: { icon: CircleX, tone: "bad" },
  CANCELED: { icon: Ban, tone: "neutral" },
};

/** The icon of a status, for places that say the word themselves. */
export function statusIcon(status: string): LucideIcon {
  return looks[status]?.icon ?? CircleDashed;
}

/** The icon alone, where the word stands beside it or is said otherwise. */
export function StatusIcon({ status, className }: { status: string; className?: string }) {
  const { icon: Icon } = looks[status] ?? { icon: CircleDashed };
  return <Icon aria-hidden className={className} />;
}

/** A status by icon, word and colour, so that none of the three is needed to tell. */
export function StatusBadge({ status }: { status: string }) {
  const { icon: Icon, tone } = looks[status] ?? { icon: CircleDashed, tone: "neutral" as const };
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {sentence(status)}
    </Badge>
  );
}
