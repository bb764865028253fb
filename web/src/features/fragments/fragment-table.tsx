"use client";

import { TextQuote } from "lucide-react";
import type { ReactNode } from "react";
import { FragmentRows } from "#features/fragments/fragment-rows.tsx";
import type { FragmentValues } from "#features/fragments/fragment-row.tsx";
import type { Selection } from "#lib/hooks/use-selection.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { RowCheckbox } from "#ui/checkbox.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { Table, Th } from "#ui/table.tsx";

const FragmentTableQuery = graphql(`
  query FragmentTable($after: String, $search: String, $category: String, $tags: [String!]) {
    fragments(first: 50, after: $after, search: $search, category: $category, tags: $tags) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...FragmentRow
      }
    }
  }
`);

export interface FragmentFilterVariables {
  search: string | null;
  category: string | null;
  tags: string[] | null;
}

interface Props {
  variables: FragmentFilterVariables;
  selection: Selection<FragmentValues>;
  onOpen: (fragment: FragmentValues) => void;
  create: ReactNode;
}

/** All fragments that match, the most used first, page by page. */
export function FragmentTable({ variables, selection, onOpen, create }: Props) {
  const isFiltered = variables.search !== null || variables.category !== null || variables.tags !== null;
  const whole = (content: ReactNode) => (
    <tr>
      <td colSpan={5}>{content}</td>
    </tr>
  );
  return (
    <Table label="Fragments">
      <thead>
        <tr>
          <Th className="w-8 pl-2!">
            <RowCheckbox
              label="Select all that are loaded"
              checked={selection.state === "some" ? "indeterminate" : selection.state === "all"}
              onCheckedChange={() => selection.setAll(selection.state !== "all")}
            />
          </Th>
          <Th>Text</Th>
          <Th className="max-md:hidden">Category</Th>
          <Th className="max-md:hidden">Tags</Th>
          <Th className="pr-2! text-right" aria-sort="descending">
            Uses
          </Th>
        </tr>
      </thead>
      <tbody>
        <Pages
          key={JSON.stringify(variables)}
          query={FragmentTableQuery}
          variables={variables}
          select={(data) => data.fragments}
          loading={whole(<SkeletonRows count={6} className="h-10" />)}
          more={(load) => whole(<LoadMore onLoad={load} />)}
          failed={(failure, retry) => whole(<FailureNotice failure={failure} onRetry={retry} />)}
        >
          {(fragments, { offset }) =>
            offset === 0 && fragments.length === 0 ? (
              whole(
                isFiltered ? (
                  <EmptyState icon={TextQuote} title="No fragment matches">
                    All words have to occur, at least their beginnings, and all tags.
                  </EmptyState>
                ) : (
                  <EmptyState icon={TextQuote} title="No fragment yet" actions={create}>
                    A fragment is a piece of prompt text that is used again and again, such as “soft window light”.
                  </EmptyState>
                ),
              )
            ) : (
              <FragmentRows fragments={fragments} offset={offset} selection={selection} onOpen={onOpen} />
            )
          }
        </Pages>
      </tbody>
    </Table>
  );
}
