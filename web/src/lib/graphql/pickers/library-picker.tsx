"use client";

import { graphql } from "#gql/gql.ts";
import { type PickerProps, shownAtOnce, usePicker } from "#lib/graphql/pickers/use-picker.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Combobox } from "#ui/combobox.tsx";

const LibraryPicks = graphql(`
  query LibraryPicks($first: Int!, $search: String, $projectId: ID) {
    libraries(first: $first, search: $search, forProjectId: $projectId) {
      totalCount
      nodes {
        id
        name
      }
    }
  }
`);

interface LibraryPickerProps extends Omit<PickerProps, "none"> {
  /** Only those that this project can use. */
  projectId: string;
  /** Left out of what can be chosen. */
  without: readonly string[];
}

/** A library to do something with: none is ever chosen. */
export function LibraryPicker({ label = "Library", projectId, without, ...props }: LibraryPickerProps) {
  const { term, pause, props: state } = usePicker();
  const variables = { first: shownAtOnce, search: term, projectId };
  const [found] = useQuery({ query: LibraryPicks, variables, pause });
  const page = found.data?.libraries;
  const left = page?.nodes.filter(({ id }) => !without.includes(id));
  return (
    <Combobox
      label={label}
      chosen={null}
      options={left?.map(({ id, name }) => ({ value: id, label: name })) ?? null}
      total={(page?.totalCount ?? 0) - (page?.nodes.length ?? 0) + (left?.length ?? 0)}
      isBusy={found.fetching}
      {...state}
      {...props}
    />
  );
}
