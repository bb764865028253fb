"use client";

import { CirclePause, CirclePlay, RefreshCw } from "lucide-react";
import { useRefused } from "#ui/access.ts";
import { toast } from "#ui/toast.tsx";
import { PauseEverything, ReadMachineAgain, ResumeEverything } from "#features/shell/palette/operations.ts";
import type { PaletteEntry } from "#features/shell/palette/rank-entries.ts";
import { useAction } from "#lib/graphql/use-action.ts";

interface PaletteMachine {
  id: string;
  name: string;
  isPaused: boolean;
}

/** What can be done with machines without going to their page. */
export function useMachineEntries(machines: readonly PaletteMachine[], close: () => void): PaletteEntry[] {
  const pause = useAction(PauseEverything);
  const resume = useAction(ResumeEverything);
  const refresh = useAction(ReadMachineAgain);
  const mayPause = useRefused("CREATOR") === null;
  const mayRead = useRefused("ADMIN") === null;
  const setPaused = async ({ id, name }: PaletteMachine, isPaused: boolean) => {
    close();
    const { failure } = await (isPaused ? pause : resume).attempt({ input: { machineId: id } });
    if (failure) toast.error(failure.message);
    else toast.success(isPaused ? `${name} paused; what runs finishes` : `${name} resumed`);
  };
  const readAgain = async ({ id, name }: PaletteMachine) => {
    close();
    const { failure } = await refresh.attempt({ input: { id } });
    if (failure) toast.error(failure.message);
    else toast.success(`Read ${name} again`);
  };
  return machines.flatMap((machine) =>
    [
      mayPause && {
        id: `pause ${machine.id}`,
        group: "Machines",
        label: `${machine.isPaused ? "Resume" : "Pause"} ${machine.name}`,
        icon: machine.isPaused ? <CirclePlay /> : <CirclePause />,
        run: () => void setPaused(machine, !machine.isPaused),
      },
      mayRead && {
        id: `read ${machine.id}`,
        group: "Machines",
        label: `Read ${machine.name} again: nodes and models`,
        icon: <RefreshCw />,
        run: () => void readAgain(machine),
      },
    ].filter((entry) => entry !== false),
  );
}
