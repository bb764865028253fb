"use client";

import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { Editable } from "#ui/editable.tsx";
import { toast } from "#ui/toast.tsx";
import { ConflictDialog } from "#features/libraries/conflict-dialog.tsx";
import type { KeptDraft } from "#features/libraries/draft-keeper.ts";
import { DraftNotice } from "#features/libraries/draft-notice.tsx";
import { keepingWords } from "#features/libraries/draft-words.ts";
import { EntryField } from "#features/libraries/entry-field.tsx";
import { type Entries, type EntryRow, normaliseKey, withEdit, withoutEdit } from "#features/libraries/library-draft.ts";
import { useLibraryDraft } from "#features/libraries/use-library-draft.ts";
import { usePublish } from "#features/libraries/use-publish.ts";
import { plural } from "#lib/format.ts";
import { type Failure, issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import { SaveBar } from "#ui/save-bar.tsx";
import { SearchInput } from "#ui/search-input.tsx";

/** So many rows are drawn before more are asked for; a library may have thousands. */
const step = 100;

interface Props {
  /** Of the library; of the draft itself when the library is a new one. */
  id: string;
  entries: Entries;
  /** The draft of a new library. */
  opened?: KeptDraft;
  onUnsavedChange?: (count: number) => void;
  onSaved: (libraryId: string) => void;
  onDiscarded?: () => void;
}

/** Keys and texts, changed in a draft that the server keeps until it is saved. */
export function EntryEditor({ id, entries, opened, onUnsavedChange, onSaved, onDiscarded }: Props) {
  const session = useLibraryDraft({ id, entries, opened });
  const { draft, rows, changes, problems, keeping, offer, write } = session;
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(step);
  const [isDiscarding, setIsDiscarding] = useState(false);
  const publish = usePublish(session.keeper, (libraryId) => {
    session.end();
    onSaved(libraryId);
  });
  const failure = publish.failure ?? (keeping.failure?.code === "VALIDATION" ? keeping.failure : null);
  useUnsavedGuard(changes.count > 0 && keeping.state === "failed");
  useEffect(() => onUnsavedChange?.(changes.count), [onUnsavedChange, changes.count]);
  const giveUp = async (ask: () => Promise<Failure | null>) => {
    publish.reset();
    setIsDiscarding(true);
    const refused = await ask();
    setIsDiscarding(false);
    if (refused) toast.error(refused.message);
    return !refused;
  };
  const discard = async () => {
    if (await giveUp(session.discard)) onDiscarded?.();
  };
  const wanted = search.trim().toLowerCase();
  const found = wanted
    ? rows.filter((row) => row.isChanged || row.key.includes(wanted) || row.text.toLowerCase().includes(wanted))
    : rows;
  const fieldOf = (row: EntryRow) => `setEntries.${normaliseKey(row.key)}`;
  const shownFields = rows.filter((row) => row.isChanged).map(fieldOf);
  return (
    <div>
      {offer && (
        <DraftNotice
          offer={offer}
          isPending={isDiscarding}
          onRestore={() => session.restore(offer)}
          onDiscard={() => void giveUp(() => session.decline(offer))}
        />
      )}
      {session.overtaken.length > 0 && (
        <div className="mb-3">
          <Notice tone="warn" title="Others changed these since you opened the page; a save puts yours in their place">
            <ul>
              {session.overtaken.map(({ key, now }) => (
                <li key={key}>
                  <code className="font-mono text-sm">{key}</code>
                  {` is saved as “${now}”`}
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      <fieldset aria-label="Entries and their texts" disabled={offer !== null} className="min-w-0">
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <SearchInput label="Search entries" value={search} onValueChange={setSearch} className="w-64 max-sm:w-full" />
          <Button
            needs="CREATOR"
            onClick={() => write({ ...draft, added: [{ id: uniqueKey(), key: "", text: "" }, ...draft.added] })}
          >
            <Plus aria-hidden />
            Add an entry
          </Button>
          <span className="text-ink-3">
            {wanted
              ? `${found.length.toLocaleString("en")} of ${plural(rows.length, "entry", "entries")}`
              : plural(rows.length, "entry", "entries")}
          </span>
        </div>
        {found.length > 0 ? (
          <Editable needs="CREATOR">
            <ul aria-label="Entries" className="divide-y border-y">
              {found.slice(0, limit).map((row) => (
                <EntryField
                  key={row.id}
                  row={row}
                  problem={problems.get(row.id) ?? issueFor(failure, fieldOf(row))}
                  onEdit={(part) => write(withEdit(draft, row, part))}
                  onRestore={() => write(withoutEdit(draft, row))}
                />
              ))}
            </ul>
          </Editable>
        ) : (
          <p className="py-6 text-center text-ink-2">
            {wanted ? `No entry has “${search.trim()}”.` : "No entry yet. Add one; others may insert it by its key."}
          </p>
        )}
        {found.length > limit && (
          <div className="flex justify-center py-4">
            <Button
              onClick={() => setLimit(limit + step)}
            >{`Show ${Math.min(step, found.length - limit)} more`}</Button>
          </div>
        )}
      </fieldset>
      {failure && !publish.conflictId && (
        <div className="mt-3">
          <FailureNotice failure={failure} shownFields={shownFields} />
        </div>
      )}
      {!offer && (
        <SaveBar
          count={changes.count}
          isPending={publish.isPending || isDiscarding}
          isBlocked={problems.size > 0}
          note={keepingWords(keeping)}
          onSave={() => void publish.save()}
          onDiscard={() => void discard()}
        />
      )}
      {publish.conflictId && (
        <ConflictDialog
          draftId={publish.conflictId}
          isPending={publish.isPending}
          failure={publish.failure}
          onSave={(onChanged) => void publish.save(onChanged)}
          onClose={publish.closeConflict}
        />
      )}
    </div>
  );
}
