import { Lock, Minus, Plus } from "lucide-react";
import type { ResultOf } from "@graphql-typed-document-node/core";
import type { FormSlotFields } from "#features/generate/parameter-fields.ts";
import { Field } from "#ui/field.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface SlotFieldProps {
  slot: ResultOf<typeof FormSlotFields>;
  value: string;
  error: string | undefined;
  onValueChange: (value: string) => void;
}

/** A prompt to write; a locked one is shown and not offered. */
export function SlotField({ slot, value, error, onValueChange }: SlotFieldProps) {
  const Sign = slot.slotType === "POSITIVE" ? Plus : Minus;
  return (
    <Field
      label={
        <span className="flex items-center gap-1.5">
          <Sign aria-hidden className={slot.slotType === "POSITIVE" ? "size-3.5 text-good" : "size-3.5 text-bad"} />
          {slot.label}
          {!slot.isUserEditable && <Lock role="img" aria-label="Locked" className="size-3.5 text-ink-3" />}
        </span>
      }
      aside={slot.description && <span className="truncate text-sm text-ink-3">{slot.description}</span>}
      error={error}
    >
      <Textarea
        readOnly={!slot.isUserEditable}
        value={value}
        placeholder={slot.isLinked ? "Comes from another node of the graph; write here to replace it" : undefined}
        onChange={(event) => onValueChange(event.target.value)}
        className={slot.slotType === "POSITIVE" ? "min-h-24" : undefined}
      />
    </Field>
  );
}
