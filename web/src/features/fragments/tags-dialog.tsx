"use client";

import { type FormEvent, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { UpdateFragments } from "#features/fragments/fragment-operations.ts";
import type { FragmentValues } from "#features/fragments/fragment-row.tsx";
import { parseTags } from "#features/fragments/tags.ts";
import { cn } from "#lib/cn.ts";
import { plural } from "#lib/format.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface Props {
  selected: readonly FragmentValues[];
  onClose: () => void;
}

/** Adds tags to all that are selected, and takes away some of those that they have. */
export function TagsDialog({ selected, onClose }: Props) {
  const [typed, setTyped] = useState("");
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const { run, isPending, failure } = useAction(UpdateFragments);
  const present = [...new Set(selected.flatMap(({ tags }) => tags))].toSorted();
  const added = parseTags(typed);
  const gains = selected.filter(({ tags }) => added.some((tag) => !tags.includes(tag))).length;
  const losses = selected.filter(({ tags }) =>
    removed.some((tag) => tags.includes(tag) && !added.includes(tag)),
  ).length;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({
      input: { ids: selected.map(({ id }) => id), addTags: added, removeTags: [...removed] },
    });
    if (!payload) return;
    toast.success("Tags changed");
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Tags of ${plural(selected.length, "fragment")}`}
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Add" help="Separated by commas" error={issueFor(failure, "addTags")}>
          <Input autoFocus placeholder="dusk, soft" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        {present.length > 0 && (
          <fieldset>
            <legend className="mb-1 font-medium text-ink-2">Take away</legend>
            <div className="flex flex-wrap gap-1.5">
              {present.map((tag) => {
                const isOn = removed.includes(tag);
                return (
                  <button
                    key={tag}
                    type="button"
                    aria-pressed={isOn}
                    onClick={() => setRemoved(isOn ? removed.filter((each) => each !== tag) : [...removed, tag])}
                    className={cn(
                      "flex h-7 max-w-full items-center gap-1.5 rounded-md border px-2 text-sm max-lg:h-8",
                      isOn ? "border-bad bg-bad-soft text-bad line-through" : "border-line-strong text-ink-2",
                    )}
                  >
                    <span className="truncate">{tag}</span>
                    <span className="tabular-nums">{selected.filter(({ tags }) => tags.includes(tag)).length}</span>
                  </button>
                );
              })}
            </div>
          </fieldset>
        )}
        <p role="status" className="text-ink-2">
          {gains + losses === 0
            ? "Nothing changes yet."
            : [
                gains > 0 && `${plural(gains, "fragment")} will gain ${added.join(", ")}.`,
                losses > 0 && `${plural(losses, "fragment")} will lose ${removed.join(", ")}.`,
              ]
                .filter(Boolean)
                .join(" ")}
        </p>
        <FailureNotice failure={failure} shownFields={["addTags"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={gains + losses === 0} isPending={isPending}>
            Change tags
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
