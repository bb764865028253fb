import { Eye, Sparkles } from "lucide-react";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Kbd } from "#ui/kbd.tsx";

interface SubmitBarProps {
  /** Null while that is not known. */
  runCount: number | null;
  /** Why it cannot be pressed. */
  waitsFor: string | null;
  isPending: boolean;
  isPlanning: boolean;
  onPlan: () => void;
}

export function SubmitBar({ runCount, waitsFor, isPending, isPlanning, onPlan }: SubmitBarProps) {
  return (
    <div className="flex items-center gap-2 max-md:sticky max-md:bottom-14 max-md:-mx-3 max-md:border-t max-md:bg-surface max-md:p-3">
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className="grow"
        isPending={isPending}
        disabled={waitsFor !== null}
      >
        {!isPending && <Sparkles aria-hidden />}
        {waitsFor ?? (runCount === null ? "Generate" : `Generate ${plural(runCount, "run")}`)}
        <span className="max-md:hidden">
          <Kbd>Ctrl ↵</Kbd>
        </span>
      </Button>
      <Button
        size="lg"
        variant="secondary"
        className="px-3"
        isPending={isPlanning}
        disabled={waitsFor !== null}
        onClick={onPlan}
      >
        {!isPlanning && <Eye aria-hidden />}
        Preview
      </Button>
    </div>
  );
}
