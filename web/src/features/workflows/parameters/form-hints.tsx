import { useId } from "react";
import { type ParameterDraft, widgetsFor } from "#features/workflows/parameters/parameter-draft.ts";
import type { Parameter } from "#features/workflows/parameters/parameter-fields.ts";
import type { DraftFieldsProps } from "#features/workflows/parameters/value-fields.tsx";
import { sentence } from "#lib/format.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";

type TextHint = keyof Pick<ParameterDraft, "group" | "placeholder" | "help">;

/** How forms show the parameter. */
export function FormHints({ draft, others, errorFor, onChange }: DraftFieldsProps & { others: readonly Parameter[] }) {
  const titleId = useId();
  const text = (field: TextHint, label: string, help: string, className = "") => (
    <Field label={label} help={help} error={errorFor(`ui.${field}`)} className={className}>
      <Input value={draft[field]} onChange={(event) => onChange({ [field]: event.target.value })} />
    </Field>
  );
  const widgets = new Set([...widgetsFor(draft.type), draft.widget]);
  return (
    <div role="group" aria-labelledby={titleId} className="flex flex-col gap-3 border-t pt-3">
      <p id={titleId} className="text-lg font-medium">
        In the form
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Widget" error={errorFor("ui.widget")}>
          <Select
            value={draft.widget}
            onValueChange={(widget) => onChange({ widget })}
            options={[...widgets].map((widget) => ({ value: widget, label: sentence(widget) }))}
          />
        </Field>
        {text("group", "Group", "Heading under which it stands")}
        {text("help", "Help", "One sentence about what it does", "sm:col-span-2")}
        {text("placeholder", "Placeholder", "Shown while the field is empty")}
        {draft.type === "TEXT" && (
          <div className="sm:pt-7">
            <Checkbox
              label="Several lines"
              checked={draft.isMultiline}
              onCheckedChange={(isMultiline) => onChange({ isMultiline })}
            />
          </div>
        )}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Show it only when" error={errorFor("ui.visibleWhen") ?? errorFor("ui.visibleWhen.key")}>
          <Select
            value={draft.visibleKey}
            onValueChange={(visibleKey) => onChange({ visibleKey })}
            options={[
              { value: "", label: "Always shown" },
              ...others.map(({ key, label }) => ({ value: key, label: `${label} (${key})` })),
            ]}
          />
        </Field>
        {draft.visibleKey && (
          <Field label="has the value" error={errorFor("ui.visibleWhen.equals")}>
            <Input value={draft.visibleValue} onChange={(event) => onChange({ visibleValue: event.target.value })} />
          </Field>
        )}
      </div>
    </div>
  );
}
