"use client";

import { PencilLine, Trash2 } from "lucide-react";
import { useState } from "react";
import { RenameDialog } from "#lib/graphql/rename-dialog.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";

const GroupRowFields = graphql(`
  fragment GroupRow on CharacterGroup {
    id
    name
    characterCount
  }
`);

const RenameCharacterGroup = graphql(`
  mutation RenameCharacterGroup($input: RenameCharacterGroupInput!) {
    renameCharacterGroup(input: $input) {
      __typename
      ... on RenameCharacterGroupPayload {
        group {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

const DeleteCharacterGroup = graphql(`
  mutation DeleteCharacterGroup($input: DeleteCharacterGroupInput!) {
    deleteCharacterGroup(input: $input) {
      __typename
      ... on DeleteCharacterGroupPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

export function GroupRow(props: { group: FragmentType<typeof GroupRowFields> }) {
  const group = readFragment(GroupRowFields, props.group);
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const rename = useAction(RenameCharacterGroup);
  const remove = useAction(DeleteCharacterGroup);
  const close = () => {
    setDialog(null);
    rename.reset();
    remove.reset();
  };
  const characters = plural(group.characterCount, "character");
  return (
    <li className="flex min-h-10 items-center gap-2">
      <span className="min-w-0 grow truncate">{group.name}</span>
      <span className="text-sm text-ink-3">{characters}</span>
      <IconButton
        needs="CREATOR"
        label={`Rename ${group.name}`}
        size="iconSm"
        icon={<PencilLine />}
        onClick={() => setDialog("rename")}
      />
      <IconButton
        needs="CREATOR"
        label={`Delete ${group.name}`}
        size="iconSm"
        icon={<Trash2 />}
        onClick={() => setDialog("delete")}
      />
      {dialog === "rename" && (
        <RenameDialog
          title="Rename the group"
          name={group.name}
          action={rename}
          onRename={async (name) => (await rename.run({ input: { id: group.id, name } })) !== null}
          onClose={close}
        />
      )}
      <ConfirmDialog
        isOpen={dialog === "delete"}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={`Delete the group “${group.name}”?`}
        confirmLabel="Delete group"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => void remove.run({ input: { id: group.id } }).then((done) => done && close())}
      >
        <p>{`Its overrides go too. Its ${characters} stay, in no group.`}</p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </li>
  );
}
