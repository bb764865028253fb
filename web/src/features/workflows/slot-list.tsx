"use client";

import { ArrowDown, ArrowUp, Pencil } from "lucide-react";
import { useState } from "react";
import { SlotEditor } from "#features/workflows/slot-editor.tsx";
import { UpdatePromptSlot } from "#features/workflows/slot-operation.ts";
import { SlotSummary } from "#features/workflows/slot-summary.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Panel } from "#ui/panel.tsx";

const SlotListFields = graphql(`
  fragment SlotList on Workflow {
    id
    promptSlots {
      id
      label
      sortOrder
      ...SlotSummary
      ...SlotEditor
    }
  }
`);

/** The prompt slots in their order, which the arrows change. */
export function SlotList(props: { workflow: FragmentType<typeof SlotListFields> }) {
  const workflow = readFragment(SlotListFields, props.workflow);
  const slots = workflow.promptSlots.toSorted((a, b) => a.sortOrder - b.sortOrder);
  const [editing, setEditing] = useState<string | null>(null);
  const { run, isPending, failure } = useAction(UpdatePromptSlot);
  const edited = slots.find((slot) => slot.id === editing);

  const move = async (index: number, by: -1 | 1) => {
    const order = slots.map((slot) => slot.id);
    const [moved] = order.splice(index, 1);
    if (!moved) return;
    order.splice(index + by, 0, moved);
    for (const [position, id] of order.entries()) {
      const before = slots.find((slot) => slot.id === id);
      if (before?.sortOrder !== position && !(await run({ input: { id, sortOrder: position } }))) return;
    }
  };

  return (
    <Panel title="Prompt slots">
      <FailureNotice failure={failure} />
      {slots.length === 0 && (
        <p className="text-ink-2">The graph has no text encoder, so there is no prompt to write.</p>
      )}
      <ol className="divide-y">
        {slots.map((slot, index) => (
          <li key={slot.id} className="flex items-start gap-2 py-2 first:pt-0">
            <div className="min-w-0 grow">
              <SlotSummary slot={slot} />
            </div>
            <div className="flex">
              <IconButton
                label={`Move ${slot.label} up`}
                size="iconSm"
                icon={<ArrowUp />}
                disabled={isPending || index === 0}
                onClick={() => void move(index, -1)}
              />
              <IconButton
                label={`Move ${slot.label} down`}
                size="iconSm"
                icon={<ArrowDown />}
                disabled={isPending || index === slots.length - 1}
                onClick={() => void move(index, 1)}
              />
              <IconButton
                label={`Edit ${slot.label}`}
                size="iconSm"
                icon={<Pencil />}
                onClick={() => setEditing(slot.id)}
              />
            </div>
          </li>
        ))}
      </ol>
      {edited && <SlotEditor key={edited.id} slot={edited} onClose={() => setEditing(null)} />}
    </Panel>
  );
}
