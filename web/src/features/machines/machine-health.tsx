import { CircleCheck, CircleOff, CirclePause, CircleX, Hourglass, type LucideIcon, TriangleAlert } from "lucide-react";
import { Badge, type Tone } from "#ui/badge.tsx";

interface Health {
  isEnabled: boolean;
  isReachable: boolean;
  isPaused: boolean;
  isSuspended: boolean;
  isDraining: boolean;
}

function healthOf(machine: Health): { word: string; tone: Tone; icon: LucideIcon; why?: string } {
  if (!machine.isEnabled) return { word: "Disabled", tone: "neutral", icon: CircleOff };
  if (!machine.isReachable) return { word: "Unreachable", tone: "bad", icon: CircleX };
  if (machine.isSuspended) {
    return {
      word: "Suspended",
      tone: "bad",
      icon: TriangleAlert,
      why: "Failed several times in a row; tried again by itself",
    };
  }
  if (machine.isDraining) {
    return { word: "Draining", tone: "calm", icon: Hourglass, why: "Given nothing new; disabled when it is done" };
  }
  if (machine.isPaused) return { word: "Paused", tone: "calm", icon: CirclePause };
  return { word: "Ready", tone: "good", icon: CircleCheck };
}

/** The one thing about a machine that decides whether it gets runs. */
export function MachineHealth({ machine }: { machine: Health }) {
  const { word, tone, icon: Icon, why } = healthOf(machine);
  return (
    <Badge tone={tone} title={why}>
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}
