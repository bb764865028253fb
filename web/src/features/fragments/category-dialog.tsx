"use client";

import { type FormEvent, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { UpdateFragments } from "#features/fragments/fragment-operations.ts";
import type { FragmentValues } from "#features/fragments/fragment-row.tsx";
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

/** One category for all that are selected. */
export function CategoryDialog({ selected, onClose }: Props) {
  const [typed, setTyped] = useState("");
  const { run, isPending, failure } = useAction(UpdateFragments);
  const category = typed.trim();
  const changed = selected.filter((fragment) => (fragment.category ?? "") !== category).length;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { ids: selected.map(({ id }) => id), category } });
    if (!payload) return;
    toast.success(category ? `${plural(changed, "fragment")} moved to ${category}` : "Category taken away");
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Category of ${plural(selected.length, "fragment")}`}
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Category" help="Empty: they lose the one that they have" error={issueFor(failure, "category")}>
          <Input autoFocus placeholder="light" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        <p role="status" className="text-ink-2">
          {changed === 0
            ? "Nothing changes: all of them have it."
            : category
              ? `${plural(changed, "fragment")} will stand under “${category}”.`
              : `${plural(changed, "fragment")} will have no category.`}
        </p>
        <FailureNotice failure={failure} shownFields={["category"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={changed === 0} isPending={isPending}>
            {`Change ${plural(changed, "fragment")}`}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
