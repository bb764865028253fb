"use client";

import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { GripVertical } from "lucide-react";
import { type KeyboardEvent, type ReactNode, use, useId } from "react";
import { cn } from "#lib/cn.ts";
import { type Need, ReadOnlyContext, useRefused } from "#ui/access.ts";
import { toast } from "#ui/toast.tsx";

interface SortableListProps {
  label: string;
  ids: readonly string[];
  /** What an item is called, for a screen reader. */
  nameOf: (id: string) => string;
  onMove: (from: number, to: number) => void;
  /** Items stand beside each other and wrap. */
  isGrid?: boolean;
  isDisabled?: boolean;
  /** The role that another order needs. */
  needs?: Need;
  className?: string;
  children: ReactNode;
}

/** An ordered list of `SortableItem`s: by their handle with pointer or keyboard, or Alt with an arrow key anywhere in one. */
export function SortableList(props: SortableListProps) {
  const { label, ids, nameOf, onMove, isGrid = false, needs, className, children } = props;
  const refusal = useRefused(needs);
  const isReadOnly = use(ReadOnlyContext) || refusal !== null;
  const isDisabled = isReadOnly || props.isDisabled === true;
  const id = useId();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    // A page that glides while an item moves leaves it between two places.
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, scrollBehavior: "auto" }),
  );
  const place = (of: string | number | undefined) => `${ids.indexOf(String(of)) + 1} of ${ids.length}`;
  const end = ({ active, over }: DragEndEvent) => {
    const [from, to] = [ids.indexOf(String(active.id)), ids.indexOf(String(over?.id))];
    if (to >= 0 && from !== to) onMove(from, to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (isDisabled && refusal === null)) return;
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    const item = (event.target as Element).closest<HTMLElement>("[data-sortable-id]");
    const from = ids.indexOf(item?.dataset["sortableId"] ?? "");
    if (by === undefined || from < 0) return;
    event.preventDefault();
    if (refusal !== null) {
      toast.message(refusal);
      return;
    }
    const to = from + by;
    if (to >= 0 && to < ids.length) onMove(from, to);
  };
  return (
    <DndContext
      id={id}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{
        screenReaderInstructions: {
          draggable:
            "Press space to pick up, the arrow keys to move, space to put down, Escape to leave it where it was.",
        },
        announcements: {
          onDragStart: ({ active }) => `Picked up ${nameOf(String(active.id))}, ${place(active.id)}.`,
          onDragOver: ({ active, over }) => `${nameOf(String(active.id))} is at ${place(over?.id)}.`,
          onDragEnd: ({ active, over }) => `${nameOf(String(active.id))} is now ${place(over?.id)}.`,
          onDragCancel: ({ active }) => `${nameOf(String(active.id))} stays where it was.`,
        },
      }}
    >
      <SortableContext
        items={[...ids]}
        strategy={isGrid ? rectSortingStrategy : verticalListSortingStrategy}
        disabled={isDisabled}
      >
        <ol aria-label={label} className={className} onKeyDown={onKeyDown}>
          <ReadOnlyContext value={isReadOnly}>{children}</ReadOnlyContext>
        </ol>
      </SortableContext>
    </DndContext>
  );
}

interface SortableItemProps {
  id: string;
  name: string;
  className?: string;
  handleClassName?: string;
  isDisabled?: boolean;
  children: ReactNode;
}

/** One item with its handle in front. */
export function SortableItem(props: SortableItemProps) {
  const { id, name, className, handleClassName, isDisabled = false, children } = props;
  const isReadOnly = use(ReadOnlyContext);
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id,
    transition: { duration: 120, easing: "ease-out" },
  });
  const handle = (
    <button
      type="button"
      ref={setActivatorNodeRef}
      {...attributes}
      {...listeners}
      aria-label={`Move ${name}`}
      disabled={isDisabled}
      className={cn(
        "grid size-6 shrink-0 cursor-grab touch-none place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink active:cursor-grabbing disabled:opacity-50 max-lg:size-8",
        handleClassName,
      )}
    >
      <GripVertical aria-hidden className="size-4" />
    </button>
  );
  return (
    <li
      ref={setNodeRef}
      data-sortable-id={id}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cn(className, isDragging && "relative z-10 bg-raised opacity-90 shadow-float")}
    >
      {!isReadOnly && handle}
      {children}
    </li>
  );
}

/** The list with one item taken to another place. */
export function withMoved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const item = items[from];
  return item === undefined ? [...items] : items.toSpliced(from, 1).toSpliced(to, 0, item);
}
