"use client";

import { Pencil, Plus, RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { activated, added, closed, moved, renamed, reopened } from "#features/generate/workspaces/changes.ts";
import { RenameField } from "#features/generate/workspaces/rename-field.tsx";
import type { ChangeWorkspaces } from "#features/generate/workspaces/use-workspaces.ts";
import type { Workspaces } from "#features/generate/workspaces/workspace.ts";
import { cn } from "#lib/cn.ts";
import { plural } from "#lib/format.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { SortableItem, SortableList } from "#ui/sortable.tsx";

interface WorkspaceTabsProps {
  all: Workspaces;
  onChange: ChangeWorkspaces;
  onReset: () => void;
}

/** The workspaces side by side. Each is renamed with F2 or two clicks, closed, and moved by its handle or with Alt and an arrow. */
export function WorkspaceTabs({ all, onChange, onReset }: WorkspaceTabsProps) {
  const [renaming, setRenaming] = useState("");
  const [isResetting, setIsResetting] = useState(false);
  const nameOf = (id: string) => all.list.find((workspace) => workspace.id === id)?.name ?? "";
  const endRenaming = (name: string | null) => {
    if (name !== null) onChange((before) => renamed(before, renaming, name));
    setRenaming("");
  };
  const close = (id: string) => {
    const at = all.list.findIndex((workspace) => workspace.id === id);
    const workspace = all.list[at];
    const freshId = uniqueKey();
    onChange((before) => closed(before, id, freshId));
    if (!workspace || Object.keys(workspace.drafts).length === 0) return;
    toast.message(`Closed ${workspace.name}`, {
      action: { label: "Undo", onClick: () => onChange((before) => reopened(before, workspace, at, freshId)) },
    });
  };
  return (
    <nav aria-label="Workspaces" className="mb-4 flex items-end gap-1 border-b">
      <SortableList
        label="Workspaces"
        ids={all.list.map(({ id }) => id)}
        nameOf={nameOf}
        onMove={(from, to) => onChange((before) => moved(before, from, to))}
        isGrid
        className="flex min-w-0 gap-1 overflow-x-auto"
      >
        {all.list.map(({ id, name }) => {
          const isActive = id === all.activeId;
          return (
            <SortableItem
              key={id}
              id={id}
              name={name}
              className={cn(
                "flex h-9 shrink-0 items-center border-b-2 border-transparent max-lg:h-10",
                isActive && "border-accent",
              )}
            >
              {renaming === id ? (
                <RenameField name={name} onEnd={endRenaming} />
              ) : (
                <button
                  type="button"
                  aria-current={isActive}
                  title={name}
                  onClick={() => onChange((before) => activated(before, id))}
                  onDoubleClick={() => setRenaming(id)}
                  onKeyDown={(event) => {
                    if (event.key === "F2") setRenaming(id);
                    if (event.key === "Delete") close(id);
                  }}
                  className={cn(
                    "h-full max-w-48 truncate px-1 text-ink-2 hover:text-ink focus-visible:-outline-offset-2",
                    isActive && "font-medium text-ink",
                  )}
                >
                  {name}
                </button>
              )}
              <IconButton label={`Close ${name}`} size="iconSm" icon={<X />} onClick={() => close(id)} />
            </SortableItem>
          );
        })}
      </SortableList>
      <div className="flex shrink-0 items-center pb-0.5">
        <IconButton
          label="New workspace"
          icon={<Plus />}
          onClick={() => onChange((before) => added(before, uniqueKey()))}
        />
        <IconButton
          label={`Rename ${nameOf(all.activeId)}`}
          icon={<Pencil />}
          onClick={() => setRenaming(all.activeId)}
        />
        <IconButton label="Reset saved options" icon={<RotateCcw />} onClick={() => setIsResetting(true)} />
      </div>
      <ConfirmDialog
        isOpen={isResetting}
        onOpenChange={setIsResetting}
        title="Reset saved options?"
        confirmLabel="Reset"
        isDangerous
        onConfirm={() => {
          setIsResetting(false);
          onReset();
        }}
      >
        <p>{`${plural(all.list.length, "workspace")} with what was typed there will be forgotten in this browser.`}</p>
        <p>Presets, uploaded files and jobs stay.</p>
      </ConfirmDialog>
    </nav>
  );
}
