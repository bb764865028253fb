"use client";

import { FileUp } from "lucide-react";
import { type ReactNode, useCallback, useMemo } from "react";
import { GenerateForm } from "#features/generate/generate-form.tsx";
import { type GenerateFormFields, readFormWorkflow } from "#features/generate/generate-form-fields.ts";
import type { Uploads } from "#features/generate/inputs/use-uploads.ts";
import {
  fitsMode,
  modeFilter,
  modeLabels,
  modeOf,
  modeWants,
  type ModeWorkflow,
  takesOneFile,
} from "#features/generate/modes.ts";
import type { Resolution } from "#features/generate/resolution-field.tsx";
import { WorkflowChoice } from "#features/generate/workflow-choice.tsx";
import { opened, withDraft, withInputs } from "#features/generate/workspaces/changes.ts";
import type { ChangeWorkspaces } from "#features/generate/workspaces/use-workspaces.ts";
import {
  type Draft,
  draftIn,
  type Inputs,
  inputsIn,
  placeOf,
  type Workspace,
} from "#features/generate/workspaces/workspace.ts";
import type { FragmentType } from "#gql/fragment-masking.ts";
import { WorkflowPicker } from "#lib/graphql/pickers/workflow-picker.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { Notice } from "#ui/notice.tsx";

type OpenWorkflow = ModeWorkflow & { id: string; name: string; description?: string | null } & FragmentType<
    typeof GenerateFormFields
  >;

interface WorkspaceFormProps {
  workspace: Workspace;
  workflow: OpenWorkflow | null;
  isMissing: boolean;
  isLoading: boolean;
  loading: ReactNode;
  pools: readonly string[];
  /** What machines are good for. */
  labels: readonly string[];
  /** Whether files on the server are copied unless a job says. */
  stageOnSubmit: boolean;
  resolutions: readonly Resolution[];
  uploads: Uploads;
  onChange: ChangeWorkspaces;
}

/** The open workspace: its workflow, and that one's form unless it does not belong to the mode. */
export function WorkspaceForm(props: WorkspaceFormProps) {
  const { workspace, workflow, isMissing, isLoading, loading, pools, resolutions, uploads, onChange } = props;
  const { mode } = workspace;
  const { workspaceId, key } = placeOf(workspace);
  const onDraftChange = useCallback(
    (change: (draft: Draft) => Partial<Draft>) => onChange((before) => withDraft(before, change, { workspaceId, key })),
    [onChange, workspaceId, key],
  );
  const onInputsChange = (change: (inputs: Inputs) => Partial<Inputs>) =>
    onChange((before) => withInputs(before, change));
  const choose = (chosen: ModeWorkflow & { id: string }) => onChange((before) => opened(before, chosen));
  const formWorkflow = useMemo(() => workflow && readFormWorkflow(workflow), [workflow]);

  if (isLoading) return loading;
  if (!workflow || !formWorkflow || isMissing) {
    return (
      <WorkflowChoice
        title={isMissing ? "This workflow does not exist" : "Choose a workflow"}
        mode={mode}
        loading={loading}
        empty={
          <EmptyState
            icon={FileUp}
            title={isMissing ? "This workflow does not exist" : `No workflow for ${modeLabels[mode]} yet`}
            actions={
              <Button asChild>
                <Link href="/workflows">Import a workflow</Link>
              </Button>
            }
          >
            {`${modeLabels[mode]} takes ${modeWants(mode)}.`}
          </EmptyState>
        }
        onChoose={choose}
      />
    );
  }
  const select = (
    <WorkflowPicker
      className="w-72 max-w-full max-sm:w-full"
      value={workflow.id}
      onValueChange={(_id, chosen) => chosen && choose(chosen)}
      {...modeFilter(mode)}
    />
  );
  if (!fitsMode(mode, workflow)) {
    const right = modeOf(workflow, mode);
    return (
      <>
        <div className="mb-4">{select}</div>
        <Notice
          tone="warn"
          title={`${workflow.name} does not fit ${modeLabels[mode]}`}
          actions={
            right === mode ? undefined : (
              <Button size="sm" onClick={() => onChange((before) => opened(before, workflow))}>
                {`Open in ${modeLabels[right]}`}
              </Button>
            )
          }
        >
          {`${modeLabels[mode]} takes ${modeWants(mode)}. Choose another workflow, or open this one where it belongs.`}
        </Notice>
      </>
    );
  }
  return (
    <GenerateForm
      key={`${workspaceId} ${key}`}
      workflowSelect={select}
      workflow={formWorkflow}
      pools={pools}
      labels={props.labels}
      stageOnSubmit={props.stageOnSubmit}
      resolutions={resolutions}
      isSingle={takesOneFile(mode)}
      draft={draftIn(workspace)}
      inputs={inputsIn(workspace)}
      uploads={uploads}
      onDraftChange={onDraftChange}
      onInputsChange={onInputsChange}
    />
  );
}
