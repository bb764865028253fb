"use client";

import { FileUp, Plus } from "lucide-react";
import { useState } from "react";
import { AttachedLibraries } from "#features/libraries/attached-libraries.tsx";
import { DraftList } from "#features/libraries/draft-list.tsx";
import { LibraryDialog } from "#features/libraries/library-dialog.tsx";
import { LibraryList } from "#features/libraries/library-list.tsx";
import { useLibraryFile } from "#features/libraries/use-library-file.tsx";
import { Button } from "#ui/button.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";

/** The libraries, and which of them count in a project. */
export function LibrariesPage() {
  const [isCreating, setIsCreating] = useState(false);
  const { file, choose, clear, input } = useLibraryFile();
  const create = (
    <Button needs="CREATOR" variant="primary" onClick={() => setIsCreating(true)}>
      <Plus aria-hidden />
      New library
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Libraries"
        actions={
          <>
            <Button needs="CREATOR" onClick={choose}>
              <FileUp aria-hidden />
              Import
            </Button>
            {create}
          </>
        }
      />
      {input}
      <ErrorBoundary name="The drafts">
        <DraftList />
      </ErrorBoundary>
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <Panel title="All libraries">
          <ErrorBoundary name="The libraries">
            <LibraryList create={create} />
          </ErrorBoundary>
        </Panel>
        <ErrorBoundary name="The project's libraries">
          <AttachedLibraries />
        </ErrorBoundary>
      </div>
      {isCreating && <LibraryDialog onClose={() => setIsCreating(false)} />}
      {file && <LibraryDialog file={file} onClose={clear} />}
    </>
  );
}
