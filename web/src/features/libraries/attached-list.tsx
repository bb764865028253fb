"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { SetProjectLibraries } from "#features/libraries/library-operations.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { LibraryPicker } from "#lib/graphql/pickers/library-picker.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useRefused } from "#ui/access.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { toast } from "#ui/toast.tsx";

interface Props {
  projectId: string;
  attached: readonly { id: string; name: string }[];
}

/** The attached libraries in order; every change is saved at once. Alt with an arrow key moves the one in focus. */
export function AttachedList({ projectId, attached }: Props) {
  const { run, isPending, failure } = useAction(SetProjectLibraries);
  const refusal = useRefused("CREATOR");
  const attachedIds = attached.map(({ id }) => id);
  const save = (libraryIds: string[]) => void run({ input: { projectId, libraryIds } });
  const move = (index: number, by: -1 | 1) => {
    const moved = attachedIds[index];
    if (isPending || moved === undefined || index + by < 0 || index + by >= attachedIds.length) return;
    const rest = attachedIds.filter((id) => id !== moved);
    save([...rest.slice(0, index + by), moved, ...rest.slice(index + by)]);
  };
  const onKeyDown = (index: number) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    if (refusal !== null) toast.message(refusal);
    else move(index, event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <div className="flex flex-col gap-2" aria-busy={isPending}>
      {attached.length > 0 && (
        <ol aria-label="Attached libraries" className="divide-y rounded-md border">
          {attached.map(({ id, name }, index) => (
            <li key={id} onKeyDown={onKeyDown(index)} className="flex items-center gap-1 py-0.5 pr-1 pl-2">
              <span className="w-5 shrink-0 text-ink-3 tabular-nums">{index + 1}</span>
              <span className="min-w-0 grow break-words">{name}</span>
              <IconButton
                needs="CREATOR"
                label={`Move ${name} up`}
                size="iconSm"
                icon={<ArrowUp />}
                disabled={index === 0 || isPending}
                onClick={() => move(index, -1)}
              />
              <IconButton
                needs="CREATOR"
                label={`Move ${name} down`}
                size="iconSm"
                icon={<ArrowDown />}
                disabled={index === attachedIds.length - 1 || isPending}
                onClick={() => move(index, 1)}
              />
              <IconButton
                needs="CREATOR"
                label={`Detach ${name}`}
                size="iconSm"
                icon={<X />}
                disabled={isPending}
                onClick={() => save(attachedIds.filter((each) => each !== id))}
              />
            </li>
          ))}
        </ol>
      )}
      <LibraryPicker
        label="Attach a library"
        placeholder="Attach a library…"
        className="w-64 max-w-full"
        value=""
        projectId={projectId}
        without={attachedIds}
        needs="CREATOR"
        disabled={isPending}
        onValueChange={(id) => save([...attachedIds, id])}
      />
      <FailureNotice failure={failure} />
    </div>
  );
}
