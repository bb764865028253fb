"use client";

import { FileUp, Plus, Workflow as WorkflowIcon } from "lucide-react";
import { useState } from "react";
import { ImportDialog } from "#features/workflows/import/import-dialog.tsx";
import { WorkflowRow } from "#features/workflows/workflow-row.tsx";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const WorkflowListQuery = graphql(`
  query WorkflowList($after: String, $search: String) {
    workflows(first: 50, after: $after, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...WorkflowRow
      }
    }
  }
`);

export function WorkflowList() {
  const [search, setSearch] = useState("");
  const [isImporting, setIsImporting] = useState(false);
  const settled = useDebounced(search.trim(), 200);
  const importButton = (
    <Button needs="ADMIN" variant="primary" onClick={() => setIsImporting(true)}>
      <Plus aria-hidden />
      Import
    </Button>
  );
  return (
    <>
      <PageHeader title="Workflows" actions={importButton} />
      <SearchInput label="Search workflows" value={search} onValueChange={setSearch} className="mb-3 max-w-sm" />
      <Pages
        query={WorkflowListQuery}
        variables={{ search: settled || null }}
        select={(data) => data.workflows}
        loading={<SkeletonRows count={5} className="h-14" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(workflows, { offset }) =>
          offset === 0 && workflows.length === 0 ? (
            settled ? (
              <EmptyState icon={WorkflowIcon} title={`No workflow matches “${settled}”`} />
            ) : (
              <EmptyState icon={FileUp} title="No workflow yet" actions={importButton}>
                Drop a ComfyUI graph in API format anywhere on this page. Its prompts and settings become a form.
              </EmptyState>
            )
          ) : (
            <ul className="divide-y border-t last:border-b">
              {workflows.map((workflow) => (
                <WorkflowRow key={workflow.id} workflow={workflow} />
              ))}
            </ul>
          )
        }
      </Pages>
      {isImporting && <ImportDialog initial={{ name: "", text: "" }} onClose={() => setIsImporting(false)} />}
    </>
  );
}
