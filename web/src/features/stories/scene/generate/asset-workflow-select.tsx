"use client";

import { AssetWorkflows, SetAssetWorkflow } from "#features/stories/scene/generate/generate-operations.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Select } from "#ui/select.tsx";

interface Props {
  projectId: string;
  onChosen: () => void;
}

/** Says which workflow makes the pictures of a project's assets. */
export function AssetWorkflowSelect({ projectId, onChosen }: Props) {
  const [{ data }] = useQuery({ query: AssetWorkflows });
  const { run, isPending, failure } = useAction(SetAssetWorkflow);
  const choose = async (workflowId: string) => {
    if (workflowId && (await run({ input: { projectId, workflowId } }))) onChosen();
  };
  return (
    <div className="mt-2 flex flex-col gap-2">
      <Select
        aria-label="Workflow for pictures of assets"
        value=""
        needs="CREATOR"
        disabled={isPending}
        onValueChange={(id) => void choose(id)}
        options={[
          { value: "", label: "Choose a workflow …" },
          ...(data?.workflows.nodes ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <FailureNotice failure={failure} />
    </div>
  );
}
