import { Minus, Plus, Undo2, X } from "lucide-react";
import type { Slot, VariantDraft } from "#features/takes-comparison/variant-drafts.ts";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";
import { Textarea } from "#ui/textarea.tsx";
import { WordDiff } from "#ui/word-diff.tsx";

interface Props {
  letter: string;
  variant: VariantDraft;
  slots: readonly (Slot & { label: string; slotType: "POSITIVE" | "NEGATIVE" })[];
  error: string | undefined;
  onChange: (variant: VariantDraft) => void;
  onRemove?: () => void;
}

/** One variant: its name and its texts, with what differs from what is stored. */
export function VariantFields({ letter, variant, slots, error, onChange, onRemove }: Props) {
  const setText = (slotId: string, text: string) =>
    onChange({ ...variant, texts: { ...variant.texts, [slotId]: text } });
  return (
    <section aria-label={`Variant ${letter}`} className="flex min-w-0 flex-col gap-4">
      <div className="flex items-end gap-1">
        <Field label={`Name of variant ${letter}`} error={error} className="grow">
          <Input
            placeholder={letter}
            maxLength={100}
            value={variant.label}
            onChange={(event) => onChange({ ...variant, label: event.target.value })}
          />
        </Field>
        {onRemove && <IconButton label={`Remove variant ${letter}`} icon={<X />} onClick={onRemove} />}
      </div>
      {slots.map((slot) => {
        const text = variant.texts[slot.id] ?? slot.text;
        const isChanged = text !== slot.text;
        const Sign = slot.slotType === "POSITIVE" ? Plus : Minus;
        return (
          <div key={slot.id} className="flex flex-col gap-1">
            <Field
              label={
                <span className="flex items-center gap-1.5">
                  <Sign
                    aria-hidden
                    className={slot.slotType === "POSITIVE" ? "size-3.5 text-good" : "size-3.5 text-bad"}
                  />
                  {slot.label}
                </span>
              }
              aside={
                isChanged && (
                  <IconButton
                    label={`Back to what is stored for ${slot.label}`}
                    size="iconSm"
                    icon={<Undo2 />}
                    onClick={() => setText(slot.id, slot.text)}
                  />
                )
              }
            >
              <Textarea className="min-h-24" value={text} onChange={(event) => setText(slot.id, event.target.value)} />
            </Field>
            {isChanged && <WordDiff before={slot.text} after={text} className="text-sm text-ink-2" />}
          </div>
        );
      })}
    </section>
  );
}
