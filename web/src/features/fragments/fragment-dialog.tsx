"use client";

import { type FormEvent, useState } from "react";
import { Editable } from "#ui/editable.tsx";
import { toast } from "#ui/toast.tsx";
import { CreateLibraryFragment, UpdateLibraryFragment } from "#features/fragments/fragment-operations.ts";
import type { FragmentValues } from "#features/fragments/fragment-row.tsx";
import { parseTags } from "#features/fragments/tags.ts";
import { plural } from "#lib/format.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface Props {
  /** Left out: a new one. */
  fragment?: FragmentValues;
  onDelete?: () => void;
  onClose: () => void;
}

export function FragmentDialog({ fragment, onDelete, onClose }: Props) {
  const [text, setText] = useState(fragment?.text ?? "");
  const [description, setDescription] = useState(fragment?.description ?? "");
  const [category, setCategory] = useState(fragment?.category ?? "");
  const [tags, setTags] = useState((fragment?.tags ?? []).join(", "));
  const create = useAction(CreateLibraryFragment);
  const update = useAction(UpdateLibraryFragment);
  const failure = create.failure ?? update.failure;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const values = {
      text: text.trim(),
      description: description.trim(),
      category: category.trim(),
      tags: parseTags(tags),
    };
    const payload = fragment
      ? await update.run({ input: { id: fragment.id, ...values } })
      : await create.run({ input: values });
    if (!payload) return;
    toast.success(fragment ? "Fragment saved" : "Fragment added");
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={fragment ? "Edit fragment" : "New fragment"}
      {...(fragment && {
        description: `Added to overrides ${plural(fragment.usageCount, "time")}. They keep the text that they have, until it is refreshed there.`,
      })}
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Editable needs="CREATOR">
          <div className="flex flex-col gap-4">
            <Field label="Text" help="What it adds to a prompt" error={issueFor(failure, "text")}>
              <Textarea required autoFocus value={text} onChange={(event) => setText(event.target.value)} />
            </Field>
            <Field label="Description" error={issueFor(failure, "description")}>
              <Input
                placeholder="What it is good for"
                value={description}
                onChange={(event) => setDescription(event.target.value)}
              />
            </Field>
            <div className="grid grid-cols-2 gap-3">
              <Field label="Category" error={issueFor(failure, "category")}>
                <Input placeholder="light" value={category} onChange={(event) => setCategory(event.target.value)} />
              </Field>
              <Field label="Tags" help="Separated by commas" error={issueFor(failure, "tags")}>
                <Input placeholder="dusk, soft" value={tags} onChange={(event) => setTags(event.target.value)} />
              </Field>
            </div>
          </div>
        </Editable>
        <FailureNotice failure={failure} shownFields={["text", "description", "category", "tags"]} />
        <DialogActions>
          {onDelete && (
            <Button needs="CREATOR" variant="quiet" className="mr-auto text-bad" onClick={onDelete}>
              Delete…
            </Button>
          )}
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button needs="CREATOR" type="submit" variant="primary" isPending={create.isPending || update.isPending}>
            {fragment ? "Save fragment" : "Add fragment"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
