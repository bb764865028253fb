"use client";

import { RotateCcw } from "lucide-react";
import { type FormEvent, useState } from "react";
import { UpdatePromptSlot } from "#features/workflows/slots/slot-operation.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { SlotType } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { Sheet } from "#ui/sheet.tsx";
import { Textarea } from "#ui/textarea.tsx";

const SlotEditorFields = graphql(`
  fragment SlotEditor on PromptSlot {
    id
    nodeId
    inputName
    label
    slotType
    defaultText
    isLinked
    isUserEditable
    description
  }
`);

interface Props {
  slot: FragmentType<typeof SlotEditorFields>;
  onClose: () => void;
}

const polarities = [
  { value: "POSITIVE", label: "Positive" },
  { value: "NEGATIVE", label: "Negative" },
];

export function SlotEditor({ slot: source, onClose }: Props) {
  const slot = readFragment(SlotEditorFields, source);
  const [label, setLabel] = useState(slot.label);
  const [slotType, setSlotType] = useState<SlotType>(slot.slotType);
  const [isUserEditable, setIsUserEditable] = useState(slot.isUserEditable);
  const [description, setDescription] = useState(slot.description ?? "");
  const [defaultText, setDefaultText] = useState(slot.defaultText ?? "");
  const { run, isPending, failure } = useAction(UpdatePromptSlot);
  const reset = useAction(UpdatePromptSlot);
  /** What the server has: resetting changes it while the sheet is open. */
  const [savedText, setSavedText] = useState(slot.defaultText ?? "");
  const takeGraphText = async () => {
    const payload = await reset.run({ input: { id: slot.id, resetDefaultText: true } });
    if (!payload) return;
    setDefaultText(payload.promptSlot.defaultText ?? "");
    setSavedText(payload.promptSlot.defaultText ?? "");
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      id: slot.id,
      label: label.trim(),
      slotType,
      isUserEditable,
      description: description.trim(),
      // An untouched default must not become an "edited" one, which a re-import would then keep.
      ...(defaultText !== savedText && { defaultText }),
    };
    if (await run({ input })) onClose();
  };
  return (
    <Sheet isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={`Slot ${slot.nodeId}.${slot.inputName}`}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Label" error={issueFor(failure, "label")}>
          <Input required value={label} onChange={(event) => setLabel(event.target.value)} />
        </Field>
        <Field label="Polarity" error={issueFor(failure, "slotType")}>
          <Select value={slotType} onValueChange={(next) => setSlotType(next as SlotType)} options={polarities} />
        </Field>
        <Field
          label="Default text"
          error={issueFor(failure, "defaultText") ?? reset.failure?.message}
          aside={
            <Button size="sm" variant="quiet" isPending={reset.isPending} onClick={() => void takeGraphText()}>
              {!reset.isPending && <RotateCcw aria-hidden />}
              Reset to the graph's text
            </Button>
          }
          {...(slot.isLinked && { help: "Comes from another node; a text here replaces that link." })}
        >
          <Textarea value={defaultText} onChange={(event) => setDefaultText(event.target.value)} className="min-h-28" />
        </Field>
        <Field label="Description" error={issueFor(failure, "description")}>
          <Input value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <Checkbox
          label="People may write this prompt"
          help="Off: scene types and characters show it with a lock, and it is used as it is."
          checked={isUserEditable}
          onCheckedChange={setIsUserEditable}
        />
        <FailureNotice failure={failure} shownFields={["label", "slotType", "defaultText", "description"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Save slot
          </Button>
        </DialogActions>
      </form>
    </Sheet>
  );
}
