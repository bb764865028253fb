import { useState } from "react";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";

export interface Resolution {
  name: string;
  width: number;
  height: number;
}

interface ResolutionFieldProps {
  value: string;
  presets: readonly Resolution[];
  error: string | undefined;
  onValueChange: (resolution: string) => void;
}

const own = "\u0000own";

/** A preset's name, or a size that is written out. */
export function ResolutionField({ value, presets, error, onValueChange }: ResolutionFieldProps) {
  const preset = presets.find(({ name }) => name.toLowerCase() === value.trim().toLowerCase());
  const [isWriting, setIsWriting] = useState(false);
  const isOwn = isWriting || (value.trim() !== "" && !preset);
  return (
    <Field label="Resolution" error={error}>
      <Select
        value={isOwn ? own : (preset?.name ?? "")}
        onValueChange={(next) => {
          setIsWriting(next === own);
          onValueChange(next === own ? (preset ? `${preset.width}x${preset.height}` : "") : next);
        }}
        options={[
          { value: "", label: "The workflow's own" },
          ...presets.map(({ name, width, height }) => ({ value: name, label: `${name} · ${width} × ${height}` })),
          { value: own, label: "Another size" },
        ]}
      />
      {isOwn && (
        <Input
          aria-label="Width x height"
          placeholder="1024x768"
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
        />
      )}
    </Field>
  );
}
