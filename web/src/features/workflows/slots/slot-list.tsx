"use client";

import { Lock, LockOpen, Pencil } from "lucide-react";
import { useState } from "react";
import { SlotEditor } from "#features/workflows/slots/slot-editor.tsx";
import { UpdatePromptSlot } from "#features/workflows/slots/slot-operation.ts";
import { SlotSummary } from "#features/workflows/slots/slot-summary.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { SortableItem, SortableList, withMoved } from "#ui/sortable.tsx";

const SlotListFields = graphql(`
  fragment SlotList on Workflow {
    id
    promptSlots {
      id
      label
      sortOrder
      isUserEditable
      ...SlotSummary
      ...SlotEditor
    }
  }
`);

/** The prompt slots in their order, which dragging changes. */
export function SlotList(props: { workflow: FragmentType<typeof SlotListFields> }) {
  const { promptSlots } = readFragment(SlotListFields, props.workflow);
  const [editing, setEditing] = useState<string | null>(null);
  /** The order that is being saved, so that a dropped slot does not jump back meanwhile. */
  const [saving, setSaving] = useState<string[] | null>(null);
  const order = useAction(UpdatePromptSlot);
  const lock = useAction(UpdatePromptSlot);
  const byOrder = promptSlots.toSorted((a, b) => a.sortOrder - b.sortOrder);
  const slots = saving ? byOrder.toSorted((a, b) => saving.indexOf(a.id) - saving.indexOf(b.id)) : byOrder;
  const edited = slots.find((slot) => slot.id === editing);

  const reorder = async (ids: string[]) => {
    setSaving(ids);
    for (const [sortOrder, id] of ids.entries()) {
      const before = promptSlots.find((slot) => slot.id === id);
      if (before?.sortOrder !== sortOrder && !(await order.run({ input: { id, sortOrder } }))) break;
    }
    setSaving(null);
  };

  if (slots.length === 0) {
    return <p className="text-ink-2">The graph has no text encoder, so there is no prompt to write.</p>;
  }
  const ids = slots.map((slot) => slot.id);
  return (
    <div>
      <FailureNotice failure={order.failure ?? lock.failure} />
      <SortableList
        needs="ADMIN"
        label="Prompt slots"
        ids={ids}
        nameOf={(id) => slots[ids.indexOf(id)]?.label ?? ""}
        onMove={(from, to) => void reorder(withMoved(ids, from, to))}
        isDisabled={saving !== null}
        className="divide-y"
      >
        {slots.map((slot) => (
          <SortableItem
            key={slot.id}
            id={slot.id}
            name={slot.label}
            isDisabled={saving !== null}
            className="flex items-start gap-2 py-2 first:pt-0"
          >
            <div className="min-w-0 grow">
              <SlotSummary slot={slot} />
            </div>
            <IconButton
              needs="ADMIN"
              label={slot.isUserEditable ? `Lock ${slot.label}` : `Unlock ${slot.label}`}
              size="iconSm"
              icon={slot.isUserEditable ? <LockOpen /> : <Lock />}
              onClick={() => void lock.run({ input: { id: slot.id, isUserEditable: !slot.isUserEditable } })}
            />
            <IconButton
              needs="ADMIN"
              label={`Edit ${slot.label}`}
              size="iconSm"
              icon={<Pencil />}
              onClick={() => setEditing(slot.id)}
            />
          </SortableItem>
        ))}
      </SortableList>
      {edited && <SlotEditor key={edited.id} slot={edited} onClose={() => setEditing(null)} />}
    </div>
  );
}
