import { type ComponentProps, useState } from "react";
import type { Failure } from "#lib/graphql/failure.ts";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface Props extends Pick<ComponentProps<"input">, "type" | "min" | "max" | "step" | "placeholder" | "maxLength"> {
  label: string;
  hideLabel?: boolean;
  help?: string;
  /** What is saved. */
  value: string;
  className?: string;
  onSave: (value: string) => Promise<Failure | null>;
}

/** A field that is saved when it is left, or with Enter; what is refused stays written, with the reason. */
export function SavedInput({ label, hideLabel = false, help, value, className, onSave, ...input }: Props) {
  const [written, setWritten] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const save = async () => {
    if (written === null) return;
    const failure = written === value ? null : await onSave(written.trim());
    setError(failure ? (failure.issues[0]?.message ?? failure.message) : null);
    if (!failure) setWritten((before) => (before === written ? null : before));
  };
  return (
    <Field
      label={label}
      hideLabel={hideLabel}
      help={help}
      {...(error !== null && { error })}
      {...(className !== undefined && { className })}
    >
      <Input
        {...input}
        value={written ?? value}
        onChange={(event) => setWritten(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          void save();
        }}
      />
    </Field>
  );
}
