"use client";

import { useDroppable } from "@dnd-kit/core";
import { Plus, ScanSearch } from "lucide-react";
import type { ElementDialog } from "#features/stories/scene/elements/element-dialogs.tsx";
import { ElementRow, ElementRowFields } from "#features/stories/scene/elements/element-row.tsx";
import { SelectionActions } from "#features/stories/scene/elements/selection-actions.tsx";
import { assetKinds, byType } from "#features/stories/asset-types.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { cn } from "#lib/cn.ts";
import { useSelectionOf } from "#features/stories/scene/elements/use-selection-of.ts";
import { RowCheckbox } from "#ui/checkbox.tsx";
import { IconButton } from "#ui/icon-button.tsx";

interface Props {
  projectId: string;
  elements: readonly FragmentType<typeof ElementRowFields>[];
  currentId: string | null;
  /** Something of the library is being dragged. */
  isDropTarget: boolean;
  onChoose: (id: string) => void;
  onOpen: (dialog: ElementDialog) => void;
}

/** The assets of a scene by their type; several can be selected. */
export function ElementList({ projectId, elements: sources, currentId, isDropTarget, onChoose, onOpen }: Props) {
  const elements = sources.map((source) => readFragment(ElementRowFields, source));
  const selection = useSelectionOf(elements);
  const { setNodeRef, isOver } = useDroppable({ id: "scene" });
  return (
    <section
      ref={setNodeRef}
      aria-label="Assets of the scene"
      className={cn(
        "rounded-md outline-offset-4 transition-colors",
        isDropTarget && "outline-1 outline-field-line outline-dashed",
        isOver && "bg-accent-soft outline-accent",
      )}
    >
      <header className="mb-2 flex min-h-8 items-center gap-2 pl-2">
        {elements.length > 0 && (
          <RowCheckbox
            label="Select all"
            checked={selection.state === "all" ? true : selection.state === "some" ? "indeterminate" : false}
            onCheckedChange={(isSelected) => selection.setAll(isSelected)}
          />
        )}
        <h2 className="grow text-lg">Visual elements</h2>
        {elements.length > 0 && (
          <IconButton needs="CREATOR" label="Detect assets" icon={<ScanSearch />} onClick={() => onOpen("detect")} />
        )}
        <IconButton needs="CREATOR" label="Add an asset" icon={<Plus />} onClick={() => onOpen("add")} />
      </header>
      {isDropTarget && elements.length === 0 && <p className="px-2 py-6 text-center text-accent-ink">Drop it here</p>}
      {byType(elements, ({ projectAsset }) => projectAsset.type).map(({ type, items }) => (
        <section key={type} aria-label={assetKinds[type].many} className="mb-3">
          <h3 className="mb-1 flex gap-2 border-b pb-1 pl-2 text-sm font-medium text-ink-3">
            {assetKinds[type].many}
            <span>{items.length}</span>
          </h3>
          <ul>
            {items.map((element) => (
              <ElementRow
                key={element.id}
                element={element}
                isCurrent={element.id === currentId}
                isSelected={selection.has(element.id)}
                onSelect={(isSelected, isRange) => selection.set(element.id, isSelected, isRange)}
                onChoose={() => onChoose(element.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      <SelectionActions projectId={projectId} selected={selection.selected} onDone={() => selection.setAll(false)} />
    </section>
  );
}
