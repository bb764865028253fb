"use client";

import { Ellipsis, FileDown, FileUp, History } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { useClient } from "urql";
import type { SavedCollection } from "#features/scene-prompts/collection-draft.ts";
import type { CollectionTarget } from "#features/scene-prompts/collection-operations.ts";
import { useJsonFile } from "#features/scene-prompts/use-json-file.tsx";
import { graphql } from "#gql/gql.ts";
import { download } from "#lib/download.ts";
import { failureOf } from "#lib/graphql/failure.ts";
import { Button } from "#ui/button.tsx";
import { DropdownMenu, MenuItem } from "#ui/dropdown-menu.tsx";

const BackupSheet = dynamic(async () => (await import("#features/scene-prompts/backup-sheet.tsx")).BackupSheet);
const ImportCollectionDialog = dynamic(
  async () => (await import("#features/scene-prompts/import-collection-dialog.tsx")).ImportCollectionDialog,
);

const CollectionFileQuery = graphql(`
  query CollectionFile($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on PromptCollection {
        file
      }
    }
  }
`);

interface Props {
  target: CollectionTarget;
  name: string;
  collection: (SavedCollection & { id: string; version: number; v1Backup?: unknown }) | null;
  unsavedCount: number;
  /** What was unsaved is given up, for other prompts stand there now. */
  onReplaced: () => void;
}

/** Files of a collection: import, export, the backup that a file of version 1 left. */
export function CollectionActions({ target, name, collection, unsavedCount, onReplaced }: Props) {
  const client = useClient();
  const [file, setFile] = useState<{ name: string; content: unknown } | null>(null);
  const [isBackupOpen, setIsBackupOpen] = useState(false);
  const { choose, input } = useJsonFile((filename, content) => setFile({ name: filename, content }));
  const exportFile = async () => {
    if (!collection) return;
    const { data, error } = await client
      .query(CollectionFileQuery, { id: collection.id }, { requestPolicy: "network-only" })
      .toPromise();
    if (data?.node?.__typename !== "PromptCollection") {
      toast.error("The prompts could not be exported", error ? { description: failureOf(error).message } : {});
      return;
    }
    download(`${name} prompts.json`, `${JSON.stringify(data.node.file, null, 2)}\n`);
  };
  const hasBackup = collection?.v1Backup != null;
  return (
    <>
      {input}
      <Button needs="CREATOR" size="sm" onClick={choose}>
        <FileUp aria-hidden />
        Import
      </Button>
      <DropdownMenu
        trigger={
          <Button aria-label="More for the prompts" size="icon" variant="quiet">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={<FileDown />} disabled={!collection} onSelect={() => void exportFile()}>
          Export prompts.json
        </MenuItem>
        <MenuItem icon={<History />} disabled={!hasBackup} onSelect={() => setIsBackupOpen(true)}>
          {hasBackup ? "Backup of version 1…" : "No backup of version 1"}
        </MenuItem>
      </DropdownMenu>
      {file && (
        <ImportCollectionDialog
          target={target}
          file={file}
          collection={collection}
          unsavedCount={unsavedCount}
          onImported={onReplaced}
          onClose={() => setFile(null)}
        />
      )}
      {isBackupOpen && collection && (
        <BackupSheet
          target={target}
          collection={collection}
          unsavedCount={unsavedCount}
          onRolledBack={onReplaced}
          onClose={() => setIsBackupOpen(false)}
        />
      )}
    </>
  );
}
