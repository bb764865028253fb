import { CircleCheck, CircleX, X } from "lucide-react";
import { cn } from "#lib/cn.ts";
import { IconButton } from "#ui/icon-button.tsx";

export interface TestAnswer {
  status?: number | null;
  body?: string | null;
  /** Null when it arrived. */
  error?: string | null;
  durationMs: number;
}

interface TestResultProps {
  answer: TestAnswer;
  onClose: () => void;
}

/** What came back from a ping. */
export function TestResult({ answer: { status, body, error, durationMs }, onClose }: TestResultProps) {
  const Icon = error ? CircleX : CircleCheck;
  return (
    <div
      role="status"
      className={cn("mt-2 flex gap-2 rounded-md px-3 py-2", error ? "bg-bad-soft text-bad" : "bg-good-soft text-good")}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 grow">
        <p className="font-medium break-words">
          {error ? `The ping did not arrive: ${error}` : `The ping arrived: ${status}`}
          {` (${durationMs} ms)`}
        </p>
        {body && <p className="line-clamp-4 font-mono text-sm break-all text-ink-2">{body}</p>}
      </div>
      <IconButton label="Close the result" size="iconSm" icon={<X />} onClick={onClose} />
    </div>
  );
}
