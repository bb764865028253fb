"use client";

import { Library } from "lucide-react";
import { useState } from "react";
import { FragmentOption } from "#features/prompts/overrides/fragment-option.tsx";
import { NewFragment } from "#features/prompts/overrides/new-fragment.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Sheet } from "#ui/sheet.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const FragmentPickerQuery = graphql(`
  query FragmentPicker($search: String, $sceneTypeId: ID!) {
    fragments(first: 100, search: $search, sceneTypeId: $sceneTypeId) {
      totalCount
      nodes {
        id
        text
        isPinned(sceneTypeId: $sceneTypeId)
        ...FragmentOption
      }
    }
  }
`);

interface Props {
  sceneTypeId: string;
  /** Fragments that the override has already. */
  used: readonly string[];
  onPick: (fragment: { id: string; text: string }) => void;
  onClose: () => void;
}

/** The fragment library: those pinned for this scene type first, then all by use. */
export function FragmentPicker({ sceneTypeId, used, onPick, onClose }: Props) {
  const [search, setSearch] = useState("");
  const settled = useDebounced(search.trim(), 150);
  const [result, refetch] = useQuery({
    query: FragmentPickerQuery,
    variables: { search: settled || null, sceneTypeId },
  });
  return (
    <Sheet isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Fragment library">
      <SearchInput label="Search fragments" value={search} onValueChange={setSearch} className="mb-3" />
      <div className="mb-3">
        <NewFragment
          initialText={search.trim()}
          onCreated={(fragment) => {
            onPick(fragment);
            setSearch("");
          }}
        />
      </div>
      <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={5} className="h-10" />}>
        {({ fragments }) => {
          const sections = [
            { title: "Pinned for this scene type", nodes: fragments.nodes.filter((each) => each.isPinned) },
            { title: "All, most used first", nodes: fragments.nodes.filter((each) => !each.isPinned) },
          ].filter((section) => section.nodes.length > 0);
          if (sections.length === 0) {
            return (
              <EmptyState icon={Library} title={settled ? "No fragment matches" : "The library is empty"}>
                “Add new” puts one into the library and into this prompt.
              </EmptyState>
            );
          }
          const left = fragments.totalCount - fragments.nodes.length;
          const shown = sections.map((section) => (
            <section key={section.title} className="mb-4">
              <h3 className="mb-1 text-sm text-ink-3">{section.title}</h3>
              <ul className="divide-y border-y">
                {section.nodes.map((fragment) => (
                  <FragmentOption
                    key={fragment.id}
                    fragment={fragment}
                    isPinned={fragment.isPinned}
                    isUsed={used.includes(fragment.id)}
                    sceneTypeId={sceneTypeId}
                    onPick={() => onPick(fragment)}
                  />
                ))}
              </ul>
            </section>
          ));
          return (
            <>
              {shown}
              {left > 0 && <p className="text-ink-3">{`${left} more: search to find them.`}</p>}
            </>
          );
        }}
      </QueryPanel>
    </Sheet>
  );
}
