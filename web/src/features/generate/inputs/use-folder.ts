"use client";

import { BrowseDirectory } from "#features/generate/inputs/directory-query.ts";
import { type Failure, failureOf } from "#lib/graphql/failure.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";

interface FolderFile {
  name: string;
  path: string;
}

export interface FolderFiles {
  /** As the server calls it. */
  path: string | null;
  /** The first 200 by name. */
  files: readonly FolderFile[] | null;
  /** In all. */
  matchCount: number | null;
  failure: Failure | null;
}

/** Files that a job would take of a folder; nulls until that is known. */
export function useFolder(directory: string, workflowId: string): FolderFiles {
  const settled = useDebounced(directory, 400);
  const [{ data, error, fetching }] = useQuery({
    query: BrowseDirectory,
    variables: { path: settled, workflowId },
    pause: settled.trim() === "",
    requestPolicy: "network-only",
  });
  const isCurrent = directory === settled && directory.trim() !== "" && !fetching;
  const listing = isCurrent && !error ? data?.browseDirectory : undefined;
  return {
    path: listing?.path ?? null,
    files: listing?.entries.filter(({ isMatch }) => isMatch) ?? null,
    matchCount: listing?.matchCount ?? null,
    failure: isCurrent && error ? failureOf(error) : null,
  };
}
