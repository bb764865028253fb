"use client";

import { DeleteResolution, RenameResolution } from "#features/settings/presets/preset-operations.ts";
import { RowActions } from "#features/settings/presets/row-actions.tsx";
import { useAction } from "#lib/graphql/use-action.ts";

interface ResolutionRowProps {
  resolution: { id: string; name: string; width: number; height: number };
}

export function ResolutionRow({ resolution: { id, name, width, height } }: ResolutionRowProps) {
  const rename = useAction(RenameResolution);
  const remove = useAction(DeleteResolution);
  return (
    <li className="flex items-center gap-2 py-1">
      <span className="min-w-0 grow break-words">
        {name}
        <span className="ml-3 text-ink-3">{`${width} × ${height}`}</span>
      </span>
      <RowActions
        id={id}
        name={name}
        rename={rename}
        remove={remove}
        deleteTitle={`Delete ${name} for everybody?`}
        deleteLabel="Delete resolution"
        consequence="Jobs keep the size that they had; settings that name it have to name another."
      />
    </li>
  );
}
