import type { ResultOf } from "@graphql-typed-document-node/core";
import { type FormValues, slotKey } from "#features/generate/form-values.ts";
import type { FormSlotFields } from "#features/generate/parameter-fields.ts";
import { SlotField } from "#features/generate/slot-field.tsx";
import { StageCount } from "#features/generate/stage-count.tsx";

interface PromptFieldsProps {
  slots: readonly ResultOf<typeof FormSlotFields>[];
  values: FormValues;
  stages: { held: number | null; count: number | null; max: number };
  errorAt: (field: string) => string | undefined;
  onValueChange: (key: string, value: string) => void;
  onStagesChange: (count: number) => void;
}

/** The prompts in their order; of a staged workflow, as many clips as the job asks for. */
export function PromptFields({ slots, values, stages, errorAt, onValueChange, onStagesChange }: PromptFieldsProps) {
  return (
    <>
      {slots.map((slot) => {
        const key = slotKey(slot);
        return (
          <SlotField
            key={slot.id}
            slot={slot}
            value={values[key] ?? ""}
            error={errorAt(`params.${key}`)}
            onValueChange={(value) => onValueChange(key, value)}
          />
        );
      })}
      {stages.held !== null && stages.count !== null && (
        <StageCount
          held={stages.held}
          count={stages.count}
          max={stages.max}
          error={errorAt("stages")}
          onCountChange={onStagesChange}
        />
      )}
    </>
  );
}
