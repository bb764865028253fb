"use client";

import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { EntryField } from "#features/libraries/entry-field.tsx";
import {
  changesOf,
  type Entries,
  type EntryRow,
  emptyDraft,
  keyProblems,
  type LibraryDraft,
  normaliseKey,
  rowsOf,
} from "#features/libraries/library-draft.ts";
import { UpdateLibrary } from "#features/libraries/library-operations.ts";
import { plural } from "#lib/format.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useUnsavedGuard } from "#lib/hooks/use-unsaved-guard.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { Button } from "#ui/button.tsx";
import { SaveBar } from "#ui/save-bar.tsx";
import { SearchInput } from "#ui/search-input.tsx";

/** So many rows are drawn before more are asked for; a library may have thousands. */
const step = 100;

interface Props {
  libraryId: string;
  entries: Entries;
  onUnsavedChange: (count: number) => void;
}

/** Keys and texts. What is saved is only what changed, so that others' entries stay as they are. */
export function EntryEditor({ libraryId, entries, onUnsavedChange }: Props) {
  const [draft, setDraft] = useState<LibraryDraft>(emptyDraft);
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(step);
  const { run, isPending, failure, reset } = useAction(UpdateLibrary);
  const rows = useMemo(() => rowsOf(entries, draft), [entries, draft]);
  const changes = useMemo(() => changesOf(rows), [rows]);
  const problems = useMemo(() => keyProblems(rows), [rows]);
  useUnsavedGuard(changes.count > 0);
  const change = (next: LibraryDraft) => {
    setDraft(next);
    onUnsavedChange(changesOf(rowsOf(entries, next)).count);
  };
  const edit = (row: EntryRow, part: { key?: string; text?: string } | null) => {
    if (row.isStored) {
      const edits = new Map(draft.edits);
      edits.set(row.id, part && { key: row.key, text: row.text, ...part });
      change({ ...draft, edits });
    } else {
      const added = part
        ? draft.added.map((each) => (each.id === row.id ? { ...each, ...part } : each))
        : draft.added.filter(({ id }) => id !== row.id);
      change({ ...draft, added });
    }
  };
  const restore = (row: EntryRow) => {
    const edits = new Map(draft.edits);
    edits.delete(row.id);
    change({ ...draft, edits });
  };
  const save = async () => {
    const { setEntries, removeKeys } = changes;
    if (await run({ input: { id: libraryId, setEntries, removeKeys } })) change(emptyDraft);
  };
  const wanted = search.trim().toLowerCase();
  const found = wanted
    ? rows.filter((row) => row.isChanged || row.key.includes(wanted) || row.text.toLowerCase().includes(wanted))
    : rows;
  const shownFields = rows.filter((row) => row.isChanged).map((row) => `setEntries.${normaliseKey(row.key)}`);
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput label="Search entries" value={search} onValueChange={setSearch} className="w-64 max-sm:w-full" />
        <Button onClick={() => change({ ...draft, added: [{ id: uniqueKey(), key: "", text: "" }, ...draft.added] })}>
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
        <ul aria-label="Entries" className="divide-y border-y">
          {found.slice(0, limit).map((row) => (
            <EntryField
              key={row.id}
              row={row}
              problem={problems.get(row.id) ?? issueFor(failure, `setEntries.${normaliseKey(row.key)}`)}
              onEdit={(part) => edit(row, part)}
              onRestore={() => restore(row)}
            />
          ))}
        </ul>
      ) : (
        <p className="py-6 text-center text-ink-2">
          {wanted ? `No entry has “${search.trim()}”.` : "No entry yet. Add one; others may insert it by its key."}
        </p>
      )}
      {found.length > limit && (
        <div className="flex justify-center py-4">
          <Button onClick={() => setLimit(limit + step)}>{`Show ${Math.min(step, found.length - limit)} more`}</Button>
        </div>
      )}
      {failure && (
        <div className="mt-3">
          <FailureNotice failure={failure} shownFields={shownFields} />
        </div>
      )}
      <SaveBar
        count={changes.count}
        isPending={isPending}
        isBlocked={problems.size > 0}
        onSave={() => void save()}
        onDiscard={() => {
          reset();
          change(emptyDraft);
        }}
      />
    </div>
  );
}
