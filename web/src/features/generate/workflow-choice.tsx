"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type Mode, modeFilter, type ModeWorkflow } from "#features/generate/modes.ts";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { SearchInput } from "#ui/search-input.tsx";

const WorkflowChoicesQuery = graphql(`
  query WorkflowChoices($search: String, $categories: [WorkflowCategory!], $takesFile: Boolean) {
    workflows(first: 30, search: $search, categories: $categories, takesFile: $takesFile) {
      totalCount
      nodes {
        id
        name
        description
        category
        inputKind
      }
    }
  }
`);

interface WorkflowChoiceProps {
  title: string;
  mode: Mode;
  /** What to say where there is none. */
  empty: ReactNode;
  loading: ReactNode;
  onChoose: (workflow: ModeWorkflow & { id: string }) => void;
}

/** Where no workflow is chosen yet: the newest that fit are one press away, all others are searched for. */
export function WorkflowChoice({ title, mode, empty, loading, onChoose }: WorkflowChoiceProps) {
  const [search, setSearch] = useState("");
  const settled = useDebounced(search.trim(), 200);
  const [result, refetch] = useQuery({
    query: WorkflowChoicesQuery,
    variables: { search: settled || null, ...modeFilter(mode) },
  });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={loading}>
      {({ workflows: { nodes, totalCount } }) =>
        totalCount === 0 && settled === "" ? (
          empty
        ) : (
          <section className="max-w-2xl">
            <h2 className="mb-1 text-lg font-medium">{title}</h2>
            <p className="mb-3 text-ink-2">Its prompts and settings become the form here.</p>
            {(totalCount > nodes.length || search !== "") && (
              <SearchInput
                label="Search workflows"
                value={search}
                onValueChange={setSearch}
                className="mb-3 max-w-80"
              />
            )}
            {nodes.length === 0 && <p className="text-ink-2">{`No workflow matches “${settled}”`}</p>}
            <ul className="divide-y border-y empty:hidden">
              {nodes.map((workflow) => (
                <li key={workflow.id}>
                  <button
                    type="button"
                    onClick={() => onChoose(workflow)}
                    className="flex min-h-11 w-full items-center gap-3 py-2 text-left hover:text-accent-ink"
                  >
                    <span className="min-w-0 grow">
                      <span className="block font-medium break-words">{workflow.name}</span>
                      {workflow.description && (
                        <span className="block truncate text-ink-2">{workflow.description}</span>
                      )}
                    </span>
                    <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3" />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </QueryPanel>
  );
}
