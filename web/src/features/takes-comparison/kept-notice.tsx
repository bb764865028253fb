"use client";

import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Kept } from "#features/takes-comparison/keep-dialog.tsx";
import { plural } from "#lib/format.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Notice } from "#ui/notice.tsx";
import { WordDiff } from "#ui/word-diff.tsx";

interface Props {
  kept: Kept;
  characterName: string;
  onClose: () => void;
}

/** What keeping a variant has changed. */
export function KeptNotice({ kept, characterName, onClose }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which React would take for a clean-up.
    ref.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={ref} className="mb-4 scroll-mt-12">
      <Notice
        tone="info"
        title={`${kept.label} is kept for: ${kept.where}`}
        actions={<IconButton label="Close this notice" size="iconSm" icon={<X />} onClick={onClose} />}
      >
        {kept.changes.length === 0 ? (
          <p>{`The prompts of ${characterName} say the same as before: they were so already, or a narrower override has the last word.`}</p>
        ) : (
          <>
            <p>{`${plural(kept.changes.length, "prompt")} of ${characterName} changed:`}</p>
            <dl className="mt-1 flex flex-col gap-2">
              {kept.changes.map(({ slotLabel, before, after }) => (
                <div key={slotLabel}>
                  <dt className="text-sm text-ink-3">{slotLabel}</dt>
                  <dd className="text-ink">
                    <WordDiff before={before} after={after} />
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </Notice>
    </div>
  );
}
