import { formatClock } from "#features/libraries/draft-words.ts";
import type { Offer } from "#features/libraries/use-library-draft.ts";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

interface Props {
  offer: Offer;
  isPending: boolean;
  onRestore: () => void;
  onDiscard: () => void;
}

/** Offers what was not saved the last time. */
export function DraftNotice({ offer, isPending, onRestore, onDiscard }: Props) {
  return (
    <div className="mb-3">
      <Notice
        tone="info"
        title={`You have unsaved changes from ${formatClock(offer.at)} (${plural(offer.count, "entry", "entries")})`}
      >
        {offer.isOutdated && <p>The library was changed since. Both are shown when you save.</p>}
        <div className="mt-2 flex flex-wrap gap-2">
          <Button needs="CREATOR" variant="primary" disabled={isPending} onClick={onRestore}>
            Restore
          </Button>
          <Button needs="CREATOR" isPending={isPending} onClick={onDiscard}>
            Discard
          </Button>
        </div>
      </Notice>
    </div>
  );
}
