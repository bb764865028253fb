import { CornerDownRight, Library, RefreshCw, X } from "lucide-react";
import type { EntryDraft } from "#features/prompts/overrides/override-drafts.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { SortableItem } from "#ui/sortable.tsx";

interface Props {
  entry: EntryDraft;
  onRemove: () => void;
  onRefresh: () => void;
}

/** One entry of the ordered list, with what the library says by now where that differs. */
export function FragmentEntry({ entry, onRemove, onRefresh }: Props) {
  return (
    <SortableItem id={entry.key} name={entry.text} className="flex items-center gap-1 bg-bg py-1 pr-1 pl-1">
      <div className="min-w-0 grow py-0.5">
        <p className="break-words">{entry.text}</p>
        {entry.newText !== null && (
          <div className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-warn">
            <span className="flex min-w-0 items-start gap-1">
              <CornerDownRight aria-hidden className="mt-px size-3.5 shrink-0" />
              <span className="min-w-0 break-words">{`The library now says “${entry.newText}”`}</span>
            </span>
            <Button needs="CREATOR" size="sm" onClick={onRefresh}>
              <RefreshCw aria-hidden />
              Refresh
            </Button>
          </div>
        )}
      </div>
      {entry.type === "FRAGMENT_REF" && (
        <Badge title="From the fragment library">
          <Library aria-hidden />
          <span className="max-sm:sr-only">Library</span>
        </Badge>
      )}
      {entry.newText !== null && <Badge tone="warn">Changed</Badge>}
      <IconButton needs="CREATOR" label={`Remove ${entry.text}`} size="iconSm" icon={<X />} onClick={onRemove} />
    </SortableItem>
  );
}
