"use client";

import { type FormEvent, useId, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { type EntryDraft, toEntryInput } from "#features/prompts/overrides/override-drafts.ts";
import { graphql } from "#gql/gql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { plural } from "#lib/format.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

const CreateOverrideTemplate = graphql(`
  mutation CreateOverrideTemplate($input: CreateOverrideTemplateInput!) {
    createOverrideTemplate(input: $input) {
      __typename
      ... on CreateOverrideTemplatePayload {
        template {
          id
        }
      }
      ...FailureFields
    }
  }
`);

const ReplaceTemplateFragments = graphql(`
  mutation ReplaceTemplateFragments($input: UpdateOverrideTemplateInput!) {
    updateOverrideTemplate(input: $input) {
      __typename
      ... on UpdateOverrideTemplatePayload {
        template {
          id
          ...TemplateRow
        }
      }
      ...FailureFields
    }
  }
`);

const TemplatesNamedQuery = graphql(`
  query TemplatesNamed($search: String!) {
    overrideTemplates(first: 20, search: $search) {
      nodes {
        id
        name
      }
    }
  }
`);

interface Props {
  entries: readonly EntryDraft[];
  onClose: () => void;
}

/** Keeps a slot's fragments, in their order, under a new name or in place of those of a template that is there. */
export function SaveTemplateDialog({ entries, onClose }: Props) {
  const namesId = useId();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const settled = useDebounced(name.trim(), 150);
  const [{ data }] = useQuery({ query: TemplatesNamedQuery, variables: { search: settled } });
  const others = data?.overrideTemplates.nodes ?? [];
  const replaced = others.find((template) => template.name === name.trim());
  const create = useAction(CreateOverrideTemplate);
  const replace = useAction(ReplaceTemplateFragments);
  const { isPending, failure } = replaced ? replace : create;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fragments = entries.map((entry) => ({ ...toEntryInput(entry), text: entry.text }));
    const fields = { ...(description.trim() && { description: description.trim() }), fragments };
    const saved = replaced
      ? await replace.run({ input: { id: replaced.id, ...fields } })
      : await create.run({ input: { name: name.trim(), ...fields } });
    if (!saved) return;
    toast.success(replaced ? "Template replaced" : "Template saved");
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Save as a template"
      description={`${plural(entries.length, "fragment")} to add to any slot of any character.`}
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field
          label="Name"
          help={replaced && "There is one with this name: it gets these fragments in place of its own."}
          error={issueFor(failure, "name")}
        >
          <Input
            required
            autoFocus
            placeholder="Night exterior"
            list={namesId}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <datalist id={namesId}>
          {others.map((template) => (
            <option key={template.id} value={template.name}>
              {template.name}
            </option>
          ))}
        </datalist>
        <Field label="Description" error={issueFor(failure, "description")}>
          <Input value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <FailureNotice failure={failure} shownFields={["name", "description"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            {replaced ? "Replace template" : "Save template"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
