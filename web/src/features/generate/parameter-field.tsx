"use client";

import { AssetInput } from "#lib/graphql/asset-input.tsx";
import type { FormParameter } from "#features/generate/form-values.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { SeedInput } from "#ui/seed-input.tsx";
import { Select } from "#ui/select.tsx";
import { Slider } from "#ui/slider.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface ParameterFieldProps {
  parameter: FormParameter;
  value: string;
  error: string | undefined;
  onValueChange: (value: string) => void;
}

/** One parameter's field, chosen by its widget hint and nothing else. */
export function ParameterField({ parameter, value, error, onValueChange }: ParameterFieldProps) {
  if (parameter.ui.widget === "checkbox") {
    return (
      <Checkbox
        label={parameter.label}
        help={error ? <span className="text-bad">{error}</span> : parameter.ui.help}
        checked={value === "true"}
        onCheckedChange={(checked) => onValueChange(String(checked))}
      />
    );
  }
  return (
    <Field label={parameter.label} help={parameter.ui.help} error={error} aside={<Range parameter={parameter} />}>
      <Control parameter={parameter} value={value} onValueChange={onValueChange} />
    </Field>
  );
}

function Range({ parameter: { type, min, max } }: { parameter: FormParameter }) {
  if (type === "SEED" || min == null || max == null) return null;
  return <span className="text-sm text-ink-3">{`${min}–${max}`}</span>;
}

function Control({ parameter, value, onValueChange }: Omit<ParameterFieldProps, "error">) {
  const { ui, min, max, options } = parameter;
  const placeholder = ui.placeholder ?? undefined;
  switch (ui.widget) {
    case "image":
    case "video":
    case "audio":
      return <AssetInput kind={ui.widget} assetId={value} onAssetChange={(id) => onValueChange(id ?? "")} />;
    case "seed":
      return <SeedInput value={value} onValueChange={onValueChange} />;
    case "select":
      if (options) return <Select value={value} onValueChange={onValueChange} options={withCurrent(options, value)} />;
      break;
    case "slider":
      if (min != null && max != null) {
        const step = parameter.step ?? (parameter.type === "INT" ? 1 : sliderStep(max - min));
        return (
          <Slider label={parameter.label} value={value} min={min} max={max} step={step} onValueChange={onValueChange} />
        );
      }
      break;
    case "textarea":
      return (
        <Textarea value={value} placeholder={placeholder} onChange={(event) => onValueChange(event.target.value)} />
      );
  }
  if (ui.multiline) {
    return <Textarea value={value} placeholder={placeholder} onChange={(event) => onValueChange(event.target.value)} />;
  }
  const isNumber = parameter.type === "INT" || parameter.type === "FLOAT";
  return (
    <Input
      value={value}
      placeholder={placeholder}
      {...(isNumber && {
        type: "number",
        inputMode: "decimal" as const,
        step: parameter.step ?? (parameter.type === "INT" ? 1 : "any"),
        min: min ?? undefined,
        max: max ?? undefined,
      })}
      onChange={(event) => onValueChange(event.target.value)}
    />
  );
}

/** A value that the list does not know stays choosable, instead of becoming another one silently. */
function withCurrent(options: readonly string[], value: string) {
  const all = options.includes(value) ? options : [value, ...options];
  return all.map((option) => ({ value: option, label: option || "–" }));
}

/** Without a hint: a hundred or so steps over the range, 0.01 for 0…1, 0.1 for 0…10. */
function sliderStep(range: number): number {
  return range > 0 ? 10 ** Math.floor(Math.log10(range / 100)) : 0.01;
}
