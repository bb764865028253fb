import { Minus, Plus } from "lucide-react";
import { Button } from "#ui/button.tsx";

interface StageCountProps {
  /** How many the graph holds. */
  held: number;
  count: number;
  max: number;
  error: string | undefined;
  onCountChange: (count: number) => void;
}

/** Adds and removes stages of a workflow whose graph is made of them. */
export function StageCount({ held, count, max, error, onCountChange }: StageCountProps) {
  return (
    <div role="group" aria-label="Stages" className="flex flex-wrap items-center gap-2">
      <span className="text-ink-2">
        <span className="font-medium">{count === 1 ? "1 stage" : `${count} stages`}</span>
        {count !== held && <span className="text-ink-3">{` (the workflow has ${held})`}</span>}
      </span>
      <Button size="sm" disabled={count >= max} onClick={() => onCountChange(count + 1)}>
        <Plus aria-hidden />
        Add a stage
      </Button>
      <Button size="sm" disabled={count <= 1} onClick={() => onCountChange(count - 1)}>
        <Minus aria-hidden />
        Remove the last
      </Button>
      {error && (
        <p role="alert" className="w-full text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
