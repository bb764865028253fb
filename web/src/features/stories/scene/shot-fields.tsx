"use client";

import { X } from "lucide-react";
import type { ShotDraft } from "#features/stories/scene/shot-drafts.ts";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface Props {
  number: number;
  shot: ShotDraft;
  onChange: (part: Partial<ShotDraft>) => void;
  onRemove: () => void;
}

const lines = [
  { name: "setting", label: "Setting", placeholder: "Where, and at what time" },
  { name: "camera", label: "Camera", placeholder: "How it stands and moves" },
  { name: "foreground", label: "In front", placeholder: "Mara, Ilya" },
  { name: "background", label: "Behind", placeholder: "Market crowd" },
] as const;

/** One shot as it is being written. */
export function ShotFields({ number, shot, onChange, onRemove }: Props) {
  return (
    <>
      <span className="w-5 shrink-0 text-right text-lg text-ink-3">{number}</span>
      <fieldset className="grid min-w-0 grow gap-x-3 gap-y-2 sm:grid-cols-2">
        <legend className="sr-only">{`Shot ${number}`}</legend>
        <Field label="Action" hideLabel className="sm:col-span-2">
          <Textarea
            className="min-h-8"
            placeholder="What happens"
            value={shot.action}
            onChange={(event) => onChange({ action: event.target.value })}
          />
        </Field>
        {lines.map(({ name, label, placeholder }) => (
          <Field key={name} label={label}>
            <Input
              placeholder={placeholder}
              value={shot[name]}
              onChange={(event) => onChange({ [name]: event.target.value })}
            />
          </Field>
        ))}
      </fieldset>
      <IconButton needs="CREATOR" label={`Remove shot ${number}`} size="iconSm" icon={<X />} onClick={onRemove} />
    </>
  );
}
