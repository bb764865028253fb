"use client";

import { RefreshCw } from "lucide-react";
import { toast } from "#ui/toast.tsx";
import { graphql } from "#gql/gql.ts";
import type { OverrideScope } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

const RefreshOverrideFragments = graphql(`
  mutation RefreshOverrideFragments($input: RefreshOverrideFragmentsInput!) {
    refreshOverrideFragments(input: $input) {
      __typename
      ... on RefreshOverrideFragmentsPayload {
        refreshedCount
        overrides {
          id
          fragments {
            type
            text
            fragmentId
            isStale
            fragment {
              id
              text
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  staleCount: number;
  hasUnsaved: boolean;
  place: { sceneTypeId: string; scope: OverrideScope; targetId: string };
}

/** How many fragments the library has changed since, with a way to bring all of them up to date. */
export function RefreshAll({ staleCount, hasUnsaved, place }: Props) {
  const { run, isPending, failure } = useAction(RefreshOverrideFragments);
  const refresh = async () => {
    const payload = await run({ input: place });
    if (payload) toast.success(`${plural(payload.refreshedCount, "fragment")} brought up to date`);
  };
  if (staleCount === 0) return <FailureNotice failure={failure} />;
  return (
    <div className="mb-4">
      <Notice
        tone="warn"
        title={
          staleCount === 1
            ? "The library has changed a fragment since it was added."
            : `The library has changed ${staleCount} fragments since they were added.`
        }
        actions={
          <Button needs="CREATOR" size="sm" disabled={hasUnsaved} isPending={isPending} onClick={() => void refresh()}>
            <RefreshCw aria-hidden />
            Refresh all
          </Button>
        }
      >
        {hasUnsaved
          ? "Save or discard what is unsaved to refresh all of them, or refresh them one by one."
          : "Prompts keep the text they were written with until you refresh."}
      </Notice>
      <FailureNotice failure={failure} />
    </div>
  );
}
