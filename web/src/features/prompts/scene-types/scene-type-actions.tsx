"use client";

import { Copy, Ellipsis, Settings2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { DuplicateSceneTypeDialog } from "#features/prompts/scene-types/duplicate-scene-type-dialog.tsx";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";

const DeleteSceneType = graphql(`
  mutation DeleteSceneType($input: DeleteSceneTypeInput!) {
    deleteSceneType(input: $input) {
      __typename
      ... on DeleteSceneTypePayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

interface Props {
  sceneType: { id: string; name: string };
  textCount: number;
  onSettings: () => void;
}

/** Settings, a copy, and the end of a scene type. */
export function SceneTypeActions({ sceneType, textCount, onSettings }: Props) {
  const router = useRouter();
  const [dialog, setDialog] = useState<"duplicate" | "delete" | null>(null);
  const remove = useAction(DeleteSceneType);
  const close = () => {
    setDialog(null);
    remove.reset();
  };
  const confirm = async () => {
    if (await remove.run({ input: { id: sceneType.id } })) router.push("/scene-types");
  };
  return (
    <>
      <Button needs="CREATOR" onClick={onSettings}>
        <Settings2 aria-hidden />
        Settings
      </Button>
      <DropdownMenu
        trigger={
          <Button aria-label="More actions" size="icon">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem needs="CREATOR" icon={<Copy />} onSelect={() => setDialog("duplicate")}>
          Duplicate
        </MenuItem>
        <MenuSeparator />
        <MenuItem needs="CREATOR" icon={<Trash2 />} isDangerous onSelect={() => setDialog("delete")}>
          Delete
        </MenuItem>
      </DropdownMenu>
      {dialog === "duplicate" && <DuplicateSceneTypeDialog sceneType={sceneType} onClose={close} />}
      <ConfirmDialog
        isOpen={dialog === "delete"}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={`Delete “${sceneType.name}”?`}
        confirmLabel="Delete scene type"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => void confirm()}
      >
        <p>
          {`Its ${textCount === 1 ? "text" : `${textCount} texts`}, everything that projects, groups and characters change in it, and its pinned fragments go too. Fragments, characters and the workflow stay.`}
        </p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </>
  );
}
