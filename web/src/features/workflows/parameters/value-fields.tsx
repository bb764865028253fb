import { hasRange, type ParameterDraft, widgetsFor } from "#features/workflows/parameters/parameter-draft.ts";
import { typeLabel } from "#features/workflows/parameters/parameter-types.ts";
import type { ParameterCategory, ParameterType } from "#gql/graphql.ts";
import { sentence } from "#lib/format.ts";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { Textarea } from "#ui/textarea.tsx";

export interface DraftFieldsProps {
  draft: ParameterDraft;
  errorFor: (field: string) => string | undefined;
  onChange: (part: Partial<ParameterDraft>) => void;
}

const types: ParameterType[] = ["TEXT", "INT", "FLOAT", "BOOLEAN", "SELECT", "SEED", "IMAGE", "VIDEO", "AUDIO"];
const typeOptions = types.map((type) => ({ value: type, label: typeLabel(type) }));
const categoryOptions = (["GENERATION", "QUALITY", "CONTENT"] satisfies ParameterCategory[]).map((value) => ({
  value,
  label: sentence(value),
}));

/** Which values a parameter takes, and which it has when none is given. */
export function ValueFields({ draft, errorFor, onChange }: DraftFieldsProps) {
  const { type } = draft;
  const setType = (next: ParameterType) => {
    const fitting = widgetsFor(next);
    onChange({ type: next, ...(!fitting.includes(draft.widget) && { widget: fitting[0] ?? "text" }) });
  };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Type" error={errorFor("type")}>
          <Select value={type} onValueChange={(next) => setType(next as ParameterType)} options={typeOptions} />
        </Field>
        <Field label="Category" error={errorFor("category")}>
          <Select
            value={draft.category}
            onValueChange={(next) => onChange({ category: next as ParameterCategory })}
            options={categoryOptions}
          />
        </Field>
      </div>
      <Field label="Default" help="Empty: the graph's own value" error={errorFor("default")}>
        <DefaultControl draft={draft} onChange={onChange} />
      </Field>
      {hasRange(type) && (
        <div className="grid grid-cols-3 gap-3">
          {(["min", "max", "step"] as const).map((field) => (
            <Field key={field} label={{ min: "Smallest", max: "Largest", step: "Step" }[field]} error={errorFor(field)}>
              <Input
                inputMode="decimal"
                value={draft[field]}
                onChange={(event) => onChange({ [field]: event.target.value })}
              />
            </Field>
          ))}
        </div>
      )}
      {type === "SELECT" && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Options" help="One a line" error={errorFor("options")}>
            <Textarea
              className="font-mono text-sm"
              value={draft.options}
              onChange={(event) => onChange({ options: event.target.value })}
            />
          </Field>
          <Field
            label="Options from the machine"
            help="A list such as checkpoints, loras, samplers, or Class.input"
            error={errorFor("ui.optionsSource")}
          >
            <Input
              className="font-mono"
              value={draft.optionsSource}
              placeholder="none"
              onChange={(event) => onChange({ optionsSource: event.target.value })}
            />
          </Field>
        </div>
      )}
    </>
  );
}

function DefaultControl({ draft, onChange }: Pick<DraftFieldsProps, "draft" | "onChange">) {
  if (draft.type === "BOOLEAN") {
    return (
      <Select
        value={draft.default}
        onValueChange={(next) => onChange({ default: next })}
        options={[
          { value: "", label: "The graph's own" },
          { value: "true", label: "Yes" },
          { value: "false", label: "No" },
        ]}
      />
    );
  }
  if (draft.type === "TEXT" && (draft.isMultiline || draft.widget === "textarea")) {
    return <Textarea value={draft.default} onChange={(event) => onChange({ default: event.target.value })} />;
  }
  return <Input value={draft.default} onChange={(event) => onChange({ default: event.target.value })} />;
}
