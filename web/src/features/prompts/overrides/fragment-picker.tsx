"use client";

import { Library, Plus } from "lucide-react";
import { useState } from "react";
import { useQuery } from "urql";
import { FragmentOption } from "#features/prompts/overrides/fragment-option.tsx";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Sheet } from "#ui/sheet.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const FragmentPickerQuery = graphql(`
  query FragmentPicker($search: String, $sceneTypeId: ID!) {
    fragments(first: 60, search: $search, sceneTypeId: $sceneTypeId) {
      nodes {
        id
        text
        isPinned(sceneTypeId: $sceneTypeId)
        ...FragmentOption
      }
    }
  }
`);

const CreateFragment = graphql(`
  mutation CreateFragment($input: CreateFragmentInput!) {
    createFragment(input: $input) {
      __typename
      ... on CreateFragmentPayload {
        fragment {
          id
          text
        }
      }
      ...FailureFields
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
  const create = useAction(CreateFragment);
  const addNew = async () => {
    const payload = await create.run({ input: { text: search.trim() } });
    if (!payload) return;
    onPick(payload.fragment);
    setSearch("");
  };
  return (
    <Sheet isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Fragment library">
      <SearchInput label="Search fragments" value={search} onValueChange={setSearch} className="mb-3" />
      {search.trim() && (
        <Button size="sm" className="mb-3 max-w-full" isPending={create.isPending} onClick={() => void addNew()}>
          <Plus aria-hidden />
          <span className="truncate">{`Add “${search.trim()}” to the library`}</span>
        </Button>
      )}
      <FailureNotice failure={create.failure} />
      <QueryPanel
        result={result}
        onRetry={() => refetch({ requestPolicy: "network-only" })}
        loading={<SkeletonRows count={5} className="h-10" />}
      >
        {({ fragments }) => {
          const sections = [
            { title: "Pinned for this scene type", nodes: fragments.nodes.filter((each) => each.isPinned) },
            { title: "All, most used first", nodes: fragments.nodes.filter((each) => !each.isPinned) },
          ].filter((section) => section.nodes.length > 0);
          if (sections.length === 0) {
            return (
              <EmptyState icon={Library} title={settled ? "No fragment matches" : "The library is empty"}>
                Type a text above to add it as a fragment.
              </EmptyState>
            );
          }
          return sections.map((section) => (
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
        }}
      </QueryPanel>
    </Sheet>
  );
}
