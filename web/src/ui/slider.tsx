import { Slider as Radix } from "radix-ui";
import { Input } from "#ui/input.tsx";

interface SliderProps {
  label: string;
  value: string;
  min: number;
  max: number;
  step: number;
  onValueChange: (value: string) => void;
}

/** A slider with its number beside it, which can be typed as well. */
export function Slider({ label, value, min, max, step, onValueChange }: SliderProps) {
  const number = Number(value);
  const position = Number.isFinite(number) && value !== "" ? Math.min(max, Math.max(min, number)) : min;
  return (
    <div className="flex items-center gap-3">
      <Radix.Root
        min={min}
        max={max}
        step={step}
        value={[position]}
        onValueChange={([next]) => onValueChange(String(next ?? min))}
        className="relative flex h-8 min-w-0 grow touch-none items-center"
      >
        <Radix.Track className="relative h-1 grow rounded-full bg-line-strong">
          <Radix.Range className="absolute h-full rounded-full bg-accent" />
        </Radix.Track>
        <Radix.Thumb
          aria-label={`${label}, slider`}
          className="block size-4 rounded-full border-2 border-accent bg-raised"
        />
      </Radix.Root>
      <Input
        type="number"
        inputMode="decimal"
        className="w-20 shrink-0"
        value={value}
        min={min}
        max={max}
        step={step}
        onChange={(event) => onValueChange(event.target.value)}
      />
    </div>
  );
}
