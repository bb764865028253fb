import { diffWords } from "diff";
import { cn } from "#lib/cn.ts";

/** A text with the words that are new in it and those that it has lost, told by marks and colour. */
export function WordDiff({ before, after, className }: { before: string; after: string; className?: string }) {
  return (
    <p className={cn("break-words whitespace-pre-wrap", className)}>
      {diffWords(before, after).map(({ value, added, removed }, index) => {
        const key = `${index} ${value}`;
        if (added) {
          return (
            <ins key={key} className="rounded-sm bg-good-soft text-good decoration-1 underline-offset-2">
              {value}
            </ins>
          );
        }
        if (removed) {
          return (
            <del key={key} className="rounded-sm bg-bad-soft text-bad">
              {value}
            </del>
          );
        }
        return <span key={key}>{value}</span>;
      })}
    </p>
  );
}
