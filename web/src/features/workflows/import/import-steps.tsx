import { Check } from "lucide-react";
import { cn } from "#lib/cn.ts";

const importSteps = ["file", "found", "machines", "dryRun"] as const;
export type ImportStep = (typeof importSteps)[number];

const labels: Record<ImportStep, string> = {
  file: "File",
  found: "What was found",
  machines: "Machines",
  dryRun: "Dry run",
};

interface ImportStepsProps {
  current: ImportStep;
  /** The file is in: the other steps can be visited in any order. */
  isImported: boolean;
  onStep: (step: ImportStep) => void;
}

/** Where in the import one is. Only the first step is needed. */
export function ImportSteps({ current, isImported, onStep }: ImportStepsProps) {
  return (
    <nav aria-label="Steps of the import" className="mb-4">
      <ol className="flex gap-x-4 overflow-x-auto border-b text-sm">
        {importSteps.map((step, index) => {
          const isCurrent = step === current;
          const isDone = step === "file" && isImported;
          return (
            <li key={step}>
              <button
                type="button"
                disabled={isImported ? step === "file" : !isCurrent}
                aria-current={isCurrent ? "step" : undefined}
                onClick={() => onStep(step)}
                className={cn(
                  "-mb-px flex h-8 items-center gap-1.5 border-b-2 border-transparent whitespace-nowrap text-ink-3 focus-visible:-outline-offset-2 enabled:hover:text-ink",
                  isCurrent && "border-accent font-medium text-ink",
                )}
              >
                <span
                  aria-hidden
                  className={cn(
                    "grid size-4 place-items-center rounded-full bg-hover text-xs",
                    isCurrent && "bg-accent text-on-accent",
                  )}
                >
                  {isDone ? <Check className="size-3" /> : index + 1}
                </span>
                {labels[step]}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
