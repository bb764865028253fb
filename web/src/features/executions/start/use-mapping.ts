"use client";

import { SetSlotPrompts } from "#features/executions/start/start-operations.ts";
import { graphql } from "#gql/gql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";

const MappingQuery = graphql(`
  query Mapping($branchId: ID!, $workflowId: ID!) {
    workflow(id: $workflowId) {
      id
      name
      promptSlots {
        id
        label
        slotType
        defaultText
      }
    }
    branch(id: $branchId) {
      id
      slotPrompts {
        name
        slot {
          id
        }
      }
    }
    promptNames(branchId: $branchId, first: 200) {
      nodes {
        name
        missingCount
      }
    }
  }
`);

/** The slots of a workflow, the names that its branch's scenes know, and which slot takes which. */
export function useMapping(branchId: string, workflowId: string) {
  const [{ data }, refetch] = useQuery({
    query: MappingQuery,
    variables: { branchId, workflowId },
    pause: workflowId === "",
    requestPolicy: "cache-and-network",
  });
  const slots = data?.workflow?.id === workflowId ? data.workflow.promptSlots : null;
  return {
    slots: slots && [...slots].toSorted((a, b) => b.slotType.localeCompare(a.slotType)),
    names: data?.promptNames.nodes ?? [],
    nameOf: (slotId: string) => data?.branch?.slotPrompts.find(({ slot }) => slot.id === slotId)?.name ?? "",
    refetch,
  };
}

/**
 * Maps one slot, for a branch or for one of its scenes; an empty name takes the mapping away.
 * @param onSet reads the mapping again: the answer does not say whose it is
 */
export function useSetMapping(owner: { branchId: string } | { sceneId: string }, onSet: () => void) {
  const { run, isPending, failure } = useAction(SetSlotPrompts);
  const set = async (slotId: string, name: string) => {
    if (await run({ input: { ...owner, mappings: [{ slotId, ...(name !== "" && { name }) }] } })) onSet();
  };
  return { set: (slotId: string, name: string) => void set(slotId, name), isPending, failure };
}
