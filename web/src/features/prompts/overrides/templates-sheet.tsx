"use client";

import { LayoutTemplate } from "lucide-react";
import { useState } from "react";
import type { EntryDraft } from "#features/prompts/overrides/override-drafts.ts";
import { TemplateRow } from "#features/prompts/overrides/template-row.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Sheet } from "#ui/sheet.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const TemplatesSheetQuery = graphql(`
  query TemplatesSheet($search: String) {
    overrideTemplates(first: 100, search: $search) {
      nodes {
        id
        ...TemplateRow
      }
    }
  }
`);

interface Props {
  onPick: (entries: readonly EntryDraft[]) => void;
  onClose: () => void;
}

/** The studio's templates: add one to the slot, rename or delete it. */
export function TemplatesSheet({ onPick, onClose }: Props) {
  const [search, setSearch] = useState("");
  const settled = useDebounced(search.trim(), 150);
  const [result, refetch] = useQuery({ query: TemplatesSheetQuery, variables: { search: settled || null } });
  return (
    <Sheet isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Templates">
      <SearchInput label="Search templates" value={search} onValueChange={setSearch} className="mb-3" />
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-14" />}>
        {({ overrideTemplates }) =>
          overrideTemplates.nodes.length === 0 ? (
            <EmptyState icon={LayoutTemplate} title={settled ? "No template matches" : "No template yet"}>
              A slot's fragments can be saved as one from its menu.
            </EmptyState>
          ) : (
            <ul className="divide-y border-y">
              {overrideTemplates.nodes.map((template) => (
                <TemplateRow key={template.id} template={template} onPick={onPick} />
              ))}
            </ul>
          )
        }
      </QueryPanel>
    </Sheet>
  );
}
