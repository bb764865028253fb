"use client";

import { CircleCheck, Ellipsis, GitFork, PencilLine, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { BranchDialog } from "#features/stories/branch/branch-dialog.tsx";
import { ActivateBranch, DeleteBranch, RenameBranch } from "#features/stories/branch-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { RenameDialog } from "#lib/graphql/rename-dialog.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";

const BranchActionsFields = graphql(`
  fragment BranchActions on Branch {
    id
    name
    isMain
    isActive
    project {
      id
      name
    }
    scenes(first: 1) {
      totalCount
    }
    assets(first: 1) {
      totalCount
    }
  }
`);

/** Copy a branch, tell the project in it, name it, and delete it. */
export function BranchActions(props: { branch: FragmentType<typeof BranchActionsFields> }) {
  const branch = readFragment(BranchActionsFields, props.branch);
  const router = useRouter();
  const [dialog, setDialog] = useState<"fork" | "rename" | "delete" | null>(null);
  const activate = useAction(ActivateBranch);
  const rename = useAction(RenameBranch);
  const remove = useAction(DeleteBranch);
  const close = () => {
    setDialog(null);
    rename.reset();
    remove.reset();
  };
  const makeActive = async () => {
    const { failure } = await activate.attempt({ input: { id: branch.id } });
    if (failure) toast.error(failure.message);
    else toast.success(`${branch.project.name} is told in ${branch.name} now`);
  };
  const confirm = async () => {
    if (await remove.run({ input: { id: branch.id } })) router.push("/stories");
  };
  return (
    <>
      {!branch.isActive && (
        <Button needs="CREATOR" isPending={activate.isPending} onClick={() => void makeActive()}>
          <CircleCheck aria-hidden />
          Make active
        </Button>
      )}
      <Button needs="CREATOR" onClick={() => setDialog("fork")}>
        <GitFork aria-hidden />
        Fork
      </Button>
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
        {!branch.isMain && !branch.isActive && (
          <>
            <MenuSeparator />
            <MenuItem needs="CREATOR" icon={<Trash2 />} isDangerous onSelect={() => setDialog("delete")}>
              Delete
            </MenuItem>
          </>
        )}
      </DropdownMenu>
      {dialog === "fork" && <BranchDialog projectId={branch.project.id} source={branch} onClose={close} />}
      {dialog === "rename" && (
        <RenameDialog
          title="Rename the branch"
          name={branch.name}
          action={rename}
          onRename={async (name) => (await rename.run({ input: { id: branch.id, name } })) !== null}
          onClose={close}
        />
      )}
      <ConfirmDialog
        isOpen={dialog === "delete"}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={`Delete the branch “${branch.name}”?`}
        confirmLabel="Delete branch"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => void confirm()}
      >
        <p>
          {`Its ${plural(branch.scenes.totalCount, "scene")} and ${plural(branch.assets.totalCount, "project asset")} go, with all states and prompts. Pictures stay.`}
        </p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </>
  );
}
