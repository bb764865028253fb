"use client";

import { BookText, FileDown, FileUp, Settings2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { DeleteLibraryDialog } from "#features/libraries/delete-library-dialog.tsx";
import { EntryEditor } from "#features/libraries/entry-editor.tsx";
import { ImportIntoDialog } from "#features/libraries/import-into-dialog.tsx";
import type { Entries } from "#features/libraries/library-draft.ts";
import { formatLibraryFile } from "#features/libraries/library-file.ts";
import { LibrarySettings } from "#features/libraries/library-settings.tsx";
import { LibraryTester } from "#features/libraries/library-tester.tsx";
import { NewLibrary } from "#features/libraries/new-library.tsx";
import { useLibraryFile } from "#features/libraries/use-library-file.tsx";
import { graphql } from "#gql/gql.ts";
import { download } from "#lib/download.ts";
import { plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const LibraryDetailQuery = graphql(`
  query LibraryDetail($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Library {
        name
        delimiter
        maxDepth
        entryCount
        entries
        project {
          id
          name
          viewerRole
        }
      }
      ...NewLibrary
    }
    projects(first: 200) {
      nodes {
        id
        name
        libraries {
          id
        }
      }
    }
  }
`);

/** A library: its entries, and what they make of a text. */
export function LibraryDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: LibraryDetailQuery, variables: { id } });
  const router = useRouter();
  const [dialog, setDialog] = useState<"settings" | "delete" | null>(null);
  const [unsaved, setUnsaved] = useState(0);
  const { file, choose, clear, input } = useLibraryFile();
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-16" />}>
      {({ node: library, projects }) => {
        if (library?.__typename === "LibraryDraft") return <NewLibrary key={library.id} node={library} />;
        if (library?.__typename !== "Library") {
          return (
            <EmptyState
              icon={BookText}
              title="This library does not exist"
              isPage
              actions={
                <Button asChild>
                  <Link href="/libraries">All libraries</Link>
                </Button>
              }
            />
          );
        }
        const entries = library.entries as Entries;
        const [firstKey = "key"] = Object.keys(entries).toSorted();
        const attachedTo = projects.nodes.filter(({ libraries }) => libraries.some((each) => each.id === library.id));
        return (
          <ProjectAccess role={library.project?.viewerRole}>
            <PageHeader
              title={library.name}
              parent={{ href: "/libraries", label: "Libraries" }}
              meta={
                <>
                  <span>{library.project?.name ?? "Whole studio"}</span>
                  <span>
                    Delimiter <code className="font-mono text-sm">{library.delimiter}</code>
                  </span>
                  <span>{`Depth ${library.maxDepth}`}</span>
                  <span>
                    {attachedTo.length === 0
                      ? "Attached to no project"
                      : `Attached to ${plural(attachedTo.length, "project")}`}
                  </span>
                </>
              }
              actions={
                <>
                  <Button needs="CREATOR" onClick={choose}>
                    <FileUp aria-hidden />
                    Import
                  </Button>
                  <Button onClick={() => download(`${library.name}.json`, formatLibraryFile({ ...library, entries }))}>
                    <FileDown aria-hidden />
                    Export
                  </Button>
                  <Button needs="CREATOR" onClick={() => setDialog("settings")}>
                    <Settings2 aria-hidden />
                    Settings
                  </Button>
                </>
              }
            />
            {input}
            <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <Panel title="Entries">
                <ErrorBoundary name="The entries">
                  <EntryEditor
                    key={library.id}
                    id={library.id}
                    entries={entries}
                    onUnsavedChange={setUnsaved}
                    onSaved={(savedId) => {
                      // The library was deleted meanwhile: the draft has become a new one.
                      if (savedId !== library.id) router.push(`/libraries/${encodeURIComponent(savedId)}`);
                    }}
                  />
                </ErrorBoundary>
              </Panel>
              <Panel title="Try it" className="lg:sticky lg:top-4 lg:self-start">
                <ErrorBoundary name="The tester">
                  <LibraryTester
                    libraryIds={[library.id]}
                    placeholder={`${library.delimiter}${firstKey}${library.delimiter}, dusk`}
                    note={
                      unsaved > 0 ? `Shows what is saved, without ${plural(unsaved, "unsaved change")}.` : undefined
                    }
                  />
                </ErrorBoundary>
              </Panel>
            </div>
            {dialog === "settings" && (
              <LibrarySettings library={library} onDelete={() => setDialog("delete")} onClose={() => setDialog(null)} />
            )}
            {dialog === "delete" && (
              <DeleteLibraryDialog
                {...library}
                projects={attachedTo.map(({ name }) => name)}
                onClose={() => setDialog(null)}
              />
            )}
            {file && <ImportIntoDialog library={library} entries={entries} file={file} onClose={clear} />}
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}
