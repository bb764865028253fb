"use client";

import { ArrowRight } from "lucide-react";
import { useMemo } from "react";
import { linkSource } from "#features/workflows/graph/api-graph.ts";
import { wordDiff } from "#features/workflows/versions/word-diff.ts";
import { cn } from "#lib/cn.ts";
import { showValue } from "#lib/show-value.ts";

/** A value before and after: long texts word by word, others side by side. */
export function ValueDiff({ before, after }: { before?: unknown; after?: unknown }) {
  const pieces = useMemo(() => wordDiff(before, after), [before, after]);
  if (pieces) {
    return (
      <p className="max-h-64 overflow-y-auto break-words whitespace-pre-wrap" tabIndex={0}>
        {pieces.map(({ text, kind }, index) =>
          kind === "added" ? (
            <ins key={index} className="bg-good-soft text-good no-underline">
              {text}
            </ins>
          ) : kind === "removed" ? (
            <del key={index} className="bg-bad-soft text-bad">
              {text}
            </del>
          ) : (
            <span key={index}>{text}</span>
          ),
        )}
      </p>
    );
  }
  return (
    <p className="flex flex-wrap items-center gap-x-2">
      {before != null && <Value value={before} className="text-bad" as="del" />}
      {before != null && after != null && <ArrowRight aria-label="becomes" className="size-3.5 text-ink-3" />}
      {after != null && <Value value={after} className="text-good" as="ins" />}
    </p>
  );
}

function Value({ value, className, as: Tag }: { value: unknown; className: string; as: "ins" | "del" }) {
  const source = linkSource(value);
  return (
    <Tag
      className={cn(
        "max-h-64 max-w-full overflow-y-auto break-words whitespace-pre-wrap no-underline",
        Tag === "del" && "line-through",
        className,
      )}
    >
      {source ? `link from node ${source}` : showValue(value) || "empty"}
    </Tag>
  );
}
