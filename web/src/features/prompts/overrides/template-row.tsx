"use client";

import { PencilLine, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { RenameDialog } from "#lib/graphql/rename-dialog.tsx";
import { type EntryDraft, templateEntry } from "#features/prompts/overrides/override-drafts.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";

const TemplateRowFields = graphql(`
  fragment TemplateRow on OverrideTemplate {
    id
    name
    description
    fragments {
      type
      fragmentId
      text
      isStale
      fragment {
        id
        text
      }
    }
  }
`);

const UpdateOverrideTemplate = graphql(`
  mutation UpdateOverrideTemplate($input: UpdateOverrideTemplateInput!) {
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

const DeleteOverrideTemplate = graphql(`
  mutation DeleteOverrideTemplate($input: DeleteOverrideTemplateInput!) {
    deleteOverrideTemplate(input: $input) {
      __typename
      ... on DeleteOverrideTemplatePayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

interface Props {
  template: FragmentType<typeof TemplateRowFields>;
  onPick: (entries: readonly EntryDraft[]) => void;
}

export function TemplateRow({ template: source, onPick }: Props) {
  const template = readFragment(TemplateRowFields, source);
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const rename = useAction(UpdateOverrideTemplate);
  const remove = useAction(DeleteOverrideTemplate);
  const close = () => {
    setDialog(null);
    rename.reset();
    remove.reset();
  };
  return (
    <li className="flex items-start gap-1 py-2">
      <div className="min-w-0 grow">
        <p className="font-medium">{template.name}</p>
        {template.description && <p className="text-ink-2">{template.description}</p>}
        <p className="line-clamp-2 text-sm text-ink-3">{template.fragments.map(({ text }) => text).join(" · ")}</p>
      </div>
      <Button
        size="sm"
        aria-label={`Add ${template.name}`}
        onClick={() =>
          onPick(template.fragments.map((entry) => templateEntry({ ...entry, fragment: entry.fragment ?? null })))
        }
      >
        <Plus aria-hidden />
        Add
      </Button>
      <IconButton
        needs="CREATOR"
        label={`Rename ${template.name}`}
        size="iconSm"
        icon={<PencilLine />}
        onClick={() => setDialog("rename")}
      />
      <IconButton
        needs="CREATOR"
        label={`Delete ${template.name}`}
        size="iconSm"
        icon={<Trash2 />}
        onClick={() => setDialog("delete")}
      />
      {dialog === "rename" && (
        <RenameDialog
          title="Rename the template"
          name={template.name}
          action={rename}
          onRename={async (name) => (await rename.run({ input: { id: template.id, name } })) !== null}
          onClose={close}
        />
      )}
      <ConfirmDialog
        isOpen={dialog === "delete"}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={`Delete the template “${template.name}”?`}
        confirmLabel="Delete template"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => void remove.run({ input: { id: template.id } })}
      >
        <p>Prompts that it was added to keep its fragments.</p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </li>
  );
}
