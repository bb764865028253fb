"use client";

import { Check, LoaderCircle } from "lucide-react";
import { useState } from "react";
import { type Failure } from "#lib/graphql/failure.ts";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { useRefused } from "#ui/access.ts";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface Props {
  label: string;
  help?: string;
  placeholder?: string;
  value: string;
  isSingleLine?: boolean;
  isReadOnly?: boolean;
  className?: string;
  /** Saves what was written; the text stays in the field when that failed. */
  onSave: (value: string) => Promise<{ failure: Failure | null }>;
}

/** A text that is saved when the field is left, by who may. Escape takes back what was written. */
export function SavedText({ label, value, isSingleLine, isReadOnly = false, onSave, ...props }: Props) {
  /** What is being written; null: nothing other than what is stored. */
  const [draft, setDraft] = useState<string | null>(null);
  const [state, setState] = useState<"idle" | "saving" | "saved">("idle");
  const [failure, setFailure] = useState<Failure | null>(null);
  const refusal = useRefused("CREATOR");
  const isUnsaved = draft !== null && draft !== value;
  useUnsavedGuard(isUnsaved && state !== "saving");
  const leave = async () => {
    if (draft === null || draft === value) {
      setDraft(null);
      return;
    }
    setState("saving");
    const { failure: refused } = await onSave(draft);
    setFailure(refused);
    setState(refused ? "idle" : "saved");
    if (!refused) setDraft((now) => (now === draft ? null : now));
  };
  const control = {
    value: draft ?? value,
    readOnly: isReadOnly || refusal !== null,
    title: refusal ?? undefined,
    placeholder: props.placeholder,
    onBlur: () => void leave(),
    onChange: ({ target }: { target: { value: string } }) => {
      setState("idle");
      setDraft(target.value);
    },
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key !== "Escape" || draft === null) return;
      event.stopPropagation();
      setDraft(null);
      setFailure(null);
    },
  };
  return (
    <Field
      label={label}
      {...(props.help && { help: props.help })}
      {...(props.className && { className: props.className })}
      error={
        failure ? [failure.issues[0]?.message ?? failure.message, failure.hint].filter(Boolean).join(" ") : undefined
      }
      aside={
        <span role="status" className="flex items-center gap-1 text-sm text-ink-3">
          {state === "saving" && <LoaderCircle aria-hidden className="size-3.5 animate-spin" />}
          {state === "saved" && !isUnsaved && <Check aria-hidden className="size-3.5 text-good" />}
          {state === "saving" ? "Saving" : isUnsaved ? "Not saved yet" : state === "saved" ? "Saved" : ""}
        </span>
      }
    >
      {isSingleLine ? <Input {...control} /> : <Textarea {...control} />}
    </Field>
  );
}
