import type { ReactNode } from "react";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";

interface SaveBarProps {
  count: number;
  isPending: boolean;
  /** Something that is written can't be saved as it is. */
  isBlocked?: boolean;
  /** What else there is to know about what is unsaved, in a few words. */
  note?: ReactNode;
  onSave: () => void;
  onDiscard: () => void;
}

/** How much is unsaved, always in reach; it keeps its place when there is nothing to save. */
export function SaveBar({ count, isPending, isBlocked = false, note, onSave, onDiscard }: SaveBarProps) {
  return (
    <div className="sticky bottom-8 z-10 -mx-3 mt-4 flex items-center gap-2 border-t bg-bg px-3 py-2 max-md:bottom-14 sm:-mx-6 sm:px-6">
      <div role="status" className="min-w-0 grow">
        <p className={count > 0 ? "text-accent-ink" : "text-ink-3"}>
          {count > 0 ? plural(count, "unsaved change") : "Everything is saved"}
        </p>
        {note && <p className="text-sm text-ink-2">{note}</p>}
      </div>
      <Button variant="quiet" disabled={count === 0 || isPending} onClick={onDiscard}>
        Discard
      </Button>
      <Button
        needs="CREATOR"
        variant="primary"
        disabled={count === 0 || isBlocked}
        isPending={isPending}
        onClick={onSave}
      >
        Save changes
      </Button>
    </div>
  );
}
