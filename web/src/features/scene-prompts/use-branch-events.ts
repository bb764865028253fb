"use client";

import { useState } from "react";
import { useSubscription } from "urql";
import { graphql } from "#gql/gql.ts";
import { useThrottled } from "#lib/hooks/use-throttled.ts";

const PromptBranchEvents = graphql(`
  subscription PromptBranchEvents($ids: [ID!]!) {
    branchUpdated(ids: $ids) {
      branchId
    }
  }
`);

/** A number that grows, at most once a second, when anything in the branch has been changed. */
export function useBranchEvents(branchId: string | undefined, onChange: () => void): number {
  const [revision, setRevision] = useState(0);
  const grow = useThrottled(() => {
    setRevision((before) => before + 1);
    onChange();
  }, 1_000);
  useSubscription(
    { query: PromptBranchEvents, variables: { ids: branchId ? [branchId] : [] }, pause: !branchId },
    (previous, event) => {
      // The first says how it is now.
      if (previous) grow();
      return event;
    },
  );
  return revision;
}
