"use client";

import { Ellipsis, PencilLine, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CharacterGroupSelect } from "#features/prompts/characters/character-group-select.tsx";
import { RenameDialog } from "#lib/graphql/rename-dialog.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";

const CharacterActionsFields = graphql(`
  fragment CharacterActions on Character {
    id
    name
    ...CharacterGroupSelect
  }
`);

const RenameCharacter = graphql(`
  mutation RenameCharacter($input: UpdateCharacterInput!) {
    updateCharacter(input: $input) {
      __typename
      ... on UpdateCharacterPayload {
        character {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

const DeleteCharacter = graphql(`
  mutation DeleteCharacter($input: DeleteCharacterInput!) {
    deleteCharacter(input: $input) {
      __typename
      ... on DeleteCharacterPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

/** A character's group, name, and end. */
export function CharacterActions(props: { character: FragmentType<typeof CharacterActionsFields> }) {
  const character = readFragment(CharacterActionsFields, props.character);
  const router = useRouter();
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const rename = useAction(RenameCharacter);
  const remove = useAction(DeleteCharacter);
  const close = () => {
    setDialog(null);
    rename.reset();
    remove.reset();
  };
  const confirm = async () => {
    if (await remove.run({ input: { id: character.id } })) router.push("/characters");
  };
  return (
    <>
      <CharacterGroupSelect character={character} />
      <DropdownMenu
        trigger={
          <Button aria-label="More actions" size="icon">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem needs="CREATOR" icon={<PencilLine />} onSelect={() => setDialog("rename")}>
          Rename
        </MenuItem>
        <MenuSeparator />
        <MenuItem needs="CREATOR" icon={<Trash2 />} isDangerous onSelect={() => setDialog("delete")}>
          Delete
        </MenuItem>
      </DropdownMenu>
      {dialog === "rename" && (
        <RenameDialog
          title="Rename the character"
          name={character.name}
          action={rename}
          onRename={async (name) => (await rename.run({ input: { id: character.id, name } })) !== null}
          onClose={close}
        />
      )}
      <ConfirmDialog
        isOpen={dialog === "delete"}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={`Delete “${character.name}”?`}
        confirmLabel="Delete character"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => void confirm()}
      >
        <p>Its metadata and everything it changes in scene types go too. Picture files stay.</p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </>
  );
}
