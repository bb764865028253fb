"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { graphql } from "#gql/gql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Textarea } from "#ui/textarea.tsx";

const CreateFragment = graphql(`
  mutation CreateFragment($input: CreateFragmentInput!) {
    createFragment(input: $input) {
      __typename
      ... on CreateFragmentPayload {
        fragment {
          id
          text
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  /** What was searched for: most likely what is to be added. */
  initialText: string;
  onCreated: (fragment: { id: string; text: string }) => void;
}

/** "Add new" in place: the fragment goes into the library and into the override. */
export function NewFragment({ initialText, onCreated }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState("");
  const [category, setCategory] = useState("");
  const { run, isPending, failure, reset } = useAction(CreateFragment);
  const create = async (event: FormEvent) => {
    event.preventDefault();
    const input = { text: text.trim(), ...(category.trim() && { category: category.trim() }) };
    const payload = await run({ input });
    if (!payload) return;
    setIsOpen(false);
    onCreated(payload.fragment);
  };
  if (!isOpen) {
    return (
      <Button
        size="sm"
        onClick={() => {
          reset();
          setText(initialText);
          setCategory("");
          setIsOpen(true);
        }}
      >
        <Plus aria-hidden />
        Add new
      </Button>
    );
  }
  return (
    <form onSubmit={(event) => void create(event)} className="flex flex-col gap-2 rounded-md border p-3">
      <Field label="Text of the fragment" error={issueFor(failure, "text")}>
        <Textarea required autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Field label="Category" error={issueFor(failure, "category")}>
        <Input
          placeholder="light, costume, lens"
          value={category}
          onChange={(event) => setCategory(event.target.value)}
        />
      </Field>
      <FailureNotice failure={failure} shownFields={["text", "category"]} />
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="quiet" onClick={() => setIsOpen(false)}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" isPending={isPending}>
          Add to library and prompt
        </Button>
      </div>
    </form>
  );
}
