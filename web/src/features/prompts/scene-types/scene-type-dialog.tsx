"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { strategyHelp, strategyOptions } from "#features/prompts/scene-types/strategies.ts";
import { graphql } from "#gql/gql.ts";
import type { GenerationStrategy } from "#gql/graphql.ts";
import { ChosenProjectAccess } from "#lib/graphql/chosen-project-access.tsx";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { ProjectPicker } from "#lib/graphql/pickers/project-picker.tsx";
import { WorkflowPicker } from "#lib/graphql/pickers/workflow-picker.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";

const CreateSceneType = graphql(`
  mutation CreateSceneType($input: CreateSceneTypeInput!) {
    createSceneType(input: $input) {
      __typename
      ... on CreateSceneTypePayload {
        sceneType {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export function SceneTypeDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [workflowId, setWorkflowId] = useState("");
  const [projectId, setProjectId] = useState("");
  const [strategy, setStrategy] = useState<GenerationStrategy>("PLATFORM_ORCHESTRATED");
  const { run, isPending, failure } = useAction(CreateSceneType);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({
      input: { name: name.trim(), workflowId, generationStrategy: strategy, ...(projectId && { projectId }) },
    });
    if (payload) router.push(`/scene-types/${encodeURIComponent(payload.sceneType.id)}`);
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="New scene type">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(failure, "name")}>
          <Input
            required
            autoFocus
            placeholder="Walk through the market"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field
          label="Workflow"
          help="The scene type keeps the version that is current now."
          error={issueFor(failure, "workflowId")}
        >
          <WorkflowPicker placeholder="Choose a workflow" value={workflowId} onValueChange={setWorkflowId} />
        </Field>
        <Field label="Project" error={issueFor(failure, "projectId")}>
          <ProjectPicker none="Whole studio" value={projectId} onValueChange={setProjectId} />
        </Field>
        <Field label="Generation" help={strategyHelp[strategy]} error={issueFor(failure, "generationStrategy")}>
          <Select
            value={strategy}
            onValueChange={(next) => setStrategy(next as GenerationStrategy)}
            options={strategyOptions}
          />
        </Field>
        <FailureNotice failure={failure} shownFields={["name", "workflowId", "projectId", "generationStrategy"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <ChosenProjectAccess projectId={projectId}>
            <Button needs="CREATOR" type="submit" variant="primary" isPending={isPending} disabled={workflowId === ""}>
              Create
            </Button>
          </ChosenProjectAccess>
        </DialogActions>
      </form>
    </Dialog>
  );
}
