"use client";

import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { formatBytes } from "#lib/format.ts";

const MachineLightFields = graphql(`
  fragment MachineLight on Machine {
    id
    name
    isEnabled
    isReachable
    isPaused
    isSuspended
    vramTotalBytes
    vramFreeBytes
    activeRuns
  }
`);

/** One machine in the status bar: lamp, name, and what is left of its memory. */
export function MachineLight(props: { machine: FragmentType<typeof MachineLightFields> }) {
  const machine = readFragment(MachineLightFields, props.machine);
  const { word, lamp } = healthOf(machine);
  const vram =
    machine.isReachable && machine.vramFreeBytes != null && machine.vramTotalBytes != null
      ? `${formatBytes(machine.vramFreeBytes, 1024)} of ${formatBytes(machine.vramTotalBytes, 1024)} free`
      : null;
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap" title={vram ?? undefined}>
      <span aria-hidden className={cn("size-1.5 rounded-full", lamp)} />
      <span className="max-w-32 truncate text-ink-2">{machine.name}</span>
      <span>{machine.activeRuns > 0 && word === "ready" ? `${machine.activeRuns} running` : word}</span>
    </span>
  );
}

interface Health {
  isEnabled: boolean;
  isReachable: boolean;
  isPaused: boolean;
  isSuspended: boolean;
}

function healthOf(machine: Health): { word: string; lamp: string } {
  if (!machine.isEnabled) return { word: "disabled", lamp: "bg-ink-3" };
  if (!machine.isReachable) return { word: "unreachable", lamp: "bg-bad" };
  if (machine.isSuspended) return { word: "suspended", lamp: "bg-bad" };
  if (machine.isPaused) return { word: "paused", lamp: "bg-calm" };
  return { word: "ready", lamp: "bg-good" };
}
