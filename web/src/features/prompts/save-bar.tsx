import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";

interface SaveBarProps {
  count: number;
  isPending: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** How much is unsaved, always in reach; it keeps its place when there is nothing to save. */
export function SaveBar({ count, isPending, onSave, onDiscard }: SaveBarProps) {
  return (
    <div className="sticky bottom-8 z-10 -mx-3 mt-4 flex items-center gap-2 border-t bg-bg px-3 py-2 max-md:bottom-14 sm:-mx-6 sm:px-6">
      <p role="status" className={count > 0 ? "grow text-accent-ink" : "grow text-ink-3"}>
        {count > 0 ? plural(count, "unsaved change") : "Everything is saved"}
      </p>
      <Button variant="quiet" disabled={count === 0 || isPending} onClick={onDiscard}>
        Discard
      </Button>
      <Button needs="CREATOR" variant="primary" disabled={count === 0} isPending={isPending} onClick={onSave}>
        Save changes
      </Button>
    </div>
  );
}
