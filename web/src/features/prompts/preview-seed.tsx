import { Field } from "#ui/field.tsx";
import { SeedInput } from "#ui/seed-input.tsx";

interface PreviewSeedProps {
  value: string;
  onValueChange: (value: string) => void;
}

/** The seed that choices are drawn with in a preview; shown where there is something to draw. */
export function PreviewSeed({ value, onValueChange }: PreviewSeedProps) {
  return (
    <Field label="Preview seed" className="w-56 max-w-full">
      <SeedInput value={value} onValueChange={onValueChange} placeholder="0" />
    </Field>
  );
}
