"use client";

import { ArrowUpDown, Ellipsis, PencilLine, Trash2 } from "lucide-react";
import { useState } from "react";
import { MoveSceneDialog } from "#features/stories/scene/move-scene-dialog.tsx";
import { DeleteScene, UpdateScene } from "#features/stories/scene-operations.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { RenameDialog } from "#lib/graphql/rename-dialog.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";

interface Props {
  scene: { id: string; title: string; number: number; assetCount: number };
  sceneCount: number;
  onDeleted?: () => void;
}

/** Name a scene, take it to another place, delete it. */
export function SceneActions({ scene, sceneCount, onDeleted }: Props) {
  const [dialog, setDialog] = useState<"rename" | "move" | "delete" | null>(null);
  const rename = useAction(UpdateScene);
  const remove = useAction(DeleteScene);
  const close = () => {
    setDialog(null);
    rename.reset();
    remove.reset();
  };
  const confirm = async () => {
    if (!(await remove.run({ input: { id: scene.id } }))) return;
    close();
    onDeleted?.();
  };
  return (
    <>
      <DropdownMenu
        trigger={
          <Button aria-label={`More actions for ${scene.title}`} variant="quiet" size="icon">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem needs="CREATOR" icon={<PencilLine />} onSelect={() => setDialog("rename")}>
          Rename
        </MenuItem>
        <MenuItem needs="CREATOR" icon={<ArrowUpDown />} disabled={sceneCount < 2} onSelect={() => setDialog("move")}>
          Move to number …
        </MenuItem>
        <MenuSeparator />
        <MenuItem needs="CREATOR" icon={<Trash2 />} isDangerous onSelect={() => setDialog("delete")}>
          Delete
        </MenuItem>
      </DropdownMenu>
      {dialog === "rename" && (
        <RenameDialog
          title="Rename the scene"
          name={scene.title}
          action={rename}
          onRename={async (title) => (await rename.run({ input: { id: scene.id, title } })) !== null}
          onClose={close}
        />
      )}
      {dialog === "move" && <MoveSceneDialog scene={scene} sceneCount={sceneCount} onClose={close} />}
      <ConfirmDialog
        isOpen={dialog === "delete"}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={`Delete scene ${scene.number}, “${scene.title}”?`}
        confirmLabel="Delete scene"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => void confirm()}
      >
        <p>{consequences(scene, sceneCount)}</p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </>
  );
}

function consequences({ number, assetCount }: Props["scene"], sceneCount: number): string {
  const later = sceneCount - number;
  return [
    assetCount > 0 ? `The states of its ${plural(assetCount, "asset")} go, with their record.` : "It has no assets.",
    later === 1 && `Scene ${number + 1} becomes scene ${number}.`,
    later > 1 && `Scenes ${number + 1} to ${sceneCount} become ${number} to ${sceneCount - 1}.`,
    later > 0 && assetCount > 0 && "What later scenes took over from it stays with them, with a warning.",
    "Pictures stay.",
  ]
    .filter(Boolean)
    .join(" ");
}
