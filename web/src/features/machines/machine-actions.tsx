"use client";

import {
  CircleOff,
  CirclePause,
  CirclePlay,
  CirclePower,
  EllipsisVertical,
  Hourglass,
  Pencil,
  RefreshCw,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { MachineDialog, type MachineValues } from "#features/machines/machine-dialog.tsx";
import {
  DrainMachine,
  PauseMachine,
  RefreshMachine,
  ResumeMachine,
  UpdateMachine,
} from "#features/machines/machine-operations.ts";
import { RemoveDialog } from "#features/machines/remove-dialog.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";
import { IconButton } from "#ui/icon-button.tsx";

interface Props {
  machine: MachineValues & { isEnabled: boolean; isDraining: boolean; isPaused: boolean; activeRuns: number };
}

export function MachineActions({ machine }: Props) {
  const update = useAction(UpdateMachine);
  const refresh = useAction(RefreshMachine);
  const drain = useAction(DrainMachine);
  const pause = useAction(PauseMachine);
  const resume = useAction(ResumeMachine);
  const [dialog, setDialog] = useState<"edit" | "remove" | null>(null);
  const failure = update.failure ?? refresh.failure ?? drain.failure ?? pause.failure ?? resume.failure;
  const isPending = update.isPending || refresh.isPending || drain.isPending || pause.isPending || resume.isPending;
  const readAgain = async () => {
    if (await refresh.run({ input: { id: machine.id } })) toast.success(`Read ${machine.name} again`);
  };
  const setEnabled = (isEnabled: boolean) => void update.run({ input: { id: machine.id, isEnabled } });
  return (
    <div className="flex items-center gap-2">
      {failure && (
        <span role="alert" className="max-w-56 text-sm text-bad">
          {failure.message}
        </span>
      )}
      <DropdownMenu
        trigger={<IconButton label={`Actions for ${machine.name}`} isPending={isPending} icon={<EllipsisVertical />} />}
      >
        <MenuItem needs="ADMIN" icon={<Pencil />} onSelect={() => setDialog("edit")}>
          Edit…
        </MenuItem>
        <MenuItem needs="ADMIN" icon={<RefreshCw />} onSelect={() => void readAgain()}>
          Read nodes and models again
        </MenuItem>
        {machine.isPaused ? (
          <MenuItem
            needs="CREATOR"
            icon={<CirclePlay />}
            onSelect={() => void resume.run({ input: { machineId: machine.id } })}
          >
            Resume
          </MenuItem>
        ) : (
          <MenuItem
            needs="CREATOR"
            icon={<CirclePause />}
            onSelect={() => void pause.run({ input: { machineId: machine.id } })}
          >
            Pause
          </MenuItem>
        )}
        {machine.isEnabled && !machine.isDraining && (
          <MenuItem needs="ADMIN" icon={<Hourglass />} onSelect={() => void drain.run({ input: { id: machine.id } })}>
            Drain: finish, then disable
          </MenuItem>
        )}
        {(!machine.isEnabled || machine.isDraining) && (
          <MenuItem needs="ADMIN" icon={<CirclePower />} onSelect={() => setEnabled(true)}>
            {machine.isDraining ? "Stop draining" : "Enable"}
          </MenuItem>
        )}
        {machine.isEnabled && (
          <MenuItem needs="ADMIN" icon={<CircleOff />} onSelect={() => setEnabled(false)}>
            Disable
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem needs="ADMIN" icon={<Trash2 />} isDangerous onSelect={() => setDialog("remove")}>
          Remove…
        </MenuItem>
      </DropdownMenu>
      {dialog === "edit" && <MachineDialog machine={machine} onClose={() => setDialog(null)} />}
      {dialog === "remove" && (
        <RemoveDialog
          id={machine.id}
          name={machine.name}
          activeRuns={machine.activeRuns}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
