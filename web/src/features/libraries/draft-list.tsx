"use client";

import { useState } from "react";
import { Link } from "#ui/link.tsx";
import { toast } from "#ui/toast.tsx";
import { formatClock } from "#features/libraries/draft-words.ts";
import { writeMirror } from "#features/libraries/draft-mirror.ts";
import { emptyDraft } from "#features/libraries/library-draft.ts";
import { DiscardLibraryDraft } from "#features/libraries/library-operations.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { failureOf } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";

const LibraryDraftsQuery = graphql(`
  query LibraryDrafts {
    libraryDrafts {
      id
      name
      changedKeys
      updatedAt
      expiresAt
      library {
        id
        name
      }
      project {
        id
        name
        viewerRole
      }
    }
  }
`);

/** What the viewer has begun in libraries and not saved; nothing when there is nothing. */
export function DraftList() {
  const [{ data, error }, refetch] = useQuery({ query: LibraryDraftsQuery });
  const [discardingId, setDiscardingId] = useState<string | null>(null);
  const { run, isPending, failure, reset } = useAction(DiscardLibraryDraft);
  if (error && !data) return <FailureNotice failure={failureOf(error)} onRetry={refetch} />;
  const drafts = data?.libraryDrafts ?? [];
  if (drafts.length === 0) return null;
  const discarding = drafts.find(({ id }) => id === discardingId);
  const discard = async (draft: (typeof drafts)[number]) => {
    if (!(await run({ input: { id: draft.id } }))) return;
    writeMirror(draft.library?.id ?? draft.id, emptyDraft, null);
    setDiscardingId(null);
    toast.success(`Draft of ${draft.name} discarded`);
  };
  return (
    <Panel title="Drafts" className="mb-8">
      <ul aria-label="Drafts" className="-mt-3 divide-y border-b">
        {drafts.map((draft) => (
          <li key={draft.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <div className="min-w-0 grow">
              <Link
                href={`/libraries/${encodeURIComponent(draft.library?.id ?? draft.id)}`}
                className="text-lg font-medium break-words hover:text-accent-ink"
              >
                {draft.library?.name ?? draft.name}
              </Link>
              <p className="flex flex-wrap gap-x-3 text-ink-2">
                <span>{draft.library ? (draft.project?.name ?? "Whole studio") : "New library"}</span>
                <span>
                  {draft.changedKeys.length === 0
                    ? "No entry changed yet"
                    : `${plural(draft.changedKeys.length, "entry", "entries")} changed at ${formatClock(draft.updatedAt)}`}
                </span>
                <span>{`Kept until ${formatClock(draft.expiresAt)}`}</span>
              </p>
            </div>
            <Button asChild size="sm">
              <Link
                href={`/libraries/${encodeURIComponent(draft.library?.id ?? draft.id)}`}
                aria-label={`Open the draft of ${draft.name}`}
              >
                Open
              </Link>
            </Button>
            <ProjectAccess role={draft.project?.viewerRole}>
              <Button
                needs="CREATOR"
                size="sm"
                variant="quiet"
                aria-label={`Discard the draft of ${draft.name}`}
                onClick={() => {
                  reset();
                  setDiscardingId(draft.id);
                }}
              >
                Discard
              </Button>
            </ProjectAccess>
          </li>
        ))}
      </ul>
      {discarding && (
        <ConfirmDialog
          isOpen
          onOpenChange={(isOpen) => !isOpen && setDiscardingId(null)}
          title={`Discard the draft of ${discarding.name}?`}
          confirmLabel="Discard draft"
          isDangerous
          isPending={isPending}
          onConfirm={() => void discard(discarding)}
        >
          <p>
            {`${plural(discarding.changedKeys.length, "change")} of entries will be lost. ${discarding.library ? "The library stays as it is." : "The library was never saved."}`}
          </p>
          <FailureNotice failure={failure} />
        </ConfirmDialog>
      )}
    </Panel>
  );
}
