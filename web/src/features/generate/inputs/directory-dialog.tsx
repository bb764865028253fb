"use client";

import { ArrowUp, File, Folder } from "lucide-react";
import { useState } from "react";
import { BrowseDirectory } from "#features/generate/inputs/directory-query.ts";
import { RecentFolders } from "#features/generate/inputs/recent-folders.tsx";
import { plural } from "#lib/format.ts";
import { failureOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Notice } from "#ui/notice.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

interface DirectoryDialogProps {
  /** The folder that is chosen now; one that is gone is said. */
  start: string;
  workflowId: string;
  onChoose: (path: string) => void;
  onClose: () => void;
}

/** Where the dialog was left in this visit: where it opens when no folder is chosen. */
let lastSeen = "";

/** Walks through the folders that are open for inputs. */
export function DirectoryDialog({ start, workflowId, onChoose, onClose }: DirectoryDialogProps) {
  const [path, setPath] = useState(start || lastSeen);
  const [{ data, error, fetching }] = useQuery({
    query: BrowseDirectory,
    variables: { path: path || null, workflowId },
    requestPolicy: "network-only",
  });
  const isMissing = Boolean(error && path && !fetching);
  const listing = error || fetching ? null : data?.browseDirectory;
  const go = (next: string) => {
    lastSeen = next;
    setPath(next);
  };
  const roots = listing && listing.path == null ? listing.entries : null;
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Choose a folder of the server">
      <div className="flex flex-col gap-3">
        <RecentFolders present={path} onChoose={go} />
        {isMissing && error && (
          <Notice
            tone="warn"
            title={failureOf(error).message}
            actions={
              <Button size="sm" onClick={() => go("")}>
                Show open folders
              </Button>
            }
          >
            Choose another one.
          </Notice>
        )}
        {error && !path && !fetching && <FailureNotice failure={failureOf(error)} />}
        {fetching && <SkeletonRows count={5} className="h-9" />}
        {roots?.length === 0 && (
          <Notice tone="info" title="No folder of the server is open for inputs.">
            An operator names them in CALLSHEET_INPUT_ROOTS. Dropping files works without.
          </Notice>
        )}
        {listing && (
          <>
            {listing.path != null && (
              <div className="flex items-center gap-2">
                <IconButton label="Up" icon={<ArrowUp />} onClick={() => go(listing.parent ?? "")} />
                <code className="min-w-0 font-mono text-sm break-all text-ink-2">{listing.path}</code>
              </div>
            )}
            {listing.entries.length > 0 && (
              <ul aria-label="Entries" className="max-h-72 divide-y overflow-y-auto rounded-md border" tabIndex={-1}>
                {listing.entries.map((entry) => (
                  <li key={entry.path}>
                    {entry.kind === "FOLDER" ? (
                      <button
                        type="button"
                        onClick={() => go(entry.path)}
                        className="flex min-h-9 w-full items-center gap-2 px-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
                      >
                        <Folder aria-hidden className="size-4 shrink-0 text-accent-ink" />
                        <span className="min-w-0 grow truncate">{entry.name}</span>
                        <span className="text-sm text-ink-3">
                          {entry.matchCount == null ? "cannot be read" : plural(entry.matchCount, "matching file")}
                        </span>
                      </button>
                    ) : (
                      <span className="flex min-h-8 items-center gap-2 px-2 text-ink-2">
                        <File aria-hidden className="size-4 shrink-0 text-ink-3" />
                        <span className="min-w-0 grow truncate">{entry.name}</span>
                        {!entry.isMatch && <span className="text-sm text-ink-3">not taken</span>}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            )}
            {listing.totalCount > listing.entries.length && (
              <p className="text-sm text-ink-3">{`${listing.totalCount - listing.entries.length} more are not shown.`}</p>
            )}
            {listing.path != null && listing.entries.length === 0 && (
              <p className="text-ink-2">This folder is empty.</p>
            )}
          </>
        )}
      </div>
      <DialogActions>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button
          variant="primary"
          disabled={listing?.path == null}
          onClick={() => listing?.path != null && onChoose(listing.path)}
        >
          {listing?.path == null ? "Use this folder" : `Use this folder, ${plural(listing.matchCount, "file")}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
