"use client";

import { redirect, useRouter } from "next/navigation";
import { EntryEditor } from "#features/libraries/entry-editor.tsx";
import { keptDraft } from "#features/libraries/use-draft-server.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";

const NewLibraryFields = graphql(`
  fragment NewLibrary on LibraryDraft {
    id
    name
    delimiter
    project {
      id
      name
      viewerRole
    }
    library {
      id
    }
    ...KeptDraft
  }
`);

/** A library that is only a draft so far. A draft of a library that is there is edited at the library. */
export function NewLibrary({ node }: { node: FragmentType<typeof NewLibraryFields> }) {
  const draft = readFragment(NewLibraryFields, node);
  const router = useRouter();
  if (draft.library) redirect(`/libraries/${encodeURIComponent(draft.library.id)}`);
  const opened = keptDraft(draft);
  return (
    <ProjectAccess role={draft.project?.viewerRole}>
      <PageHeader
        title={draft.name}
        parent={{ href: "/libraries", label: "Libraries" }}
        meta={
          <>
            <span>{draft.project?.name ?? "Whole studio"}</span>
            <span>
              Delimiter <code className="font-mono text-sm">{draft.delimiter}</code>
            </span>
            <span>A draft, not saved yet</span>
          </>
        }
      />
      <Panel title="Entries">
        <ErrorBoundary name="The entries">
          <EntryEditor
            id={draft.id}
            entries={opened.base}
            opened={opened}
            onSaved={(id) => router.replace(`/libraries/${encodeURIComponent(id)}`)}
            onDiscarded={() => router.replace("/libraries")}
          />
        </ErrorBoundary>
      </Panel>
    </ProjectAccess>
  );
}
