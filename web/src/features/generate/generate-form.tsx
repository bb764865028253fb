"use client";

import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { AutoPromptsSection } from "#features/generate/auto-prompts/auto-prompts-section.tsx";
import { slotKey } from "#features/generate/form-values.ts";
import { isShown } from "#features/generate/form-layout.ts";
import type { FormWorkflow } from "#features/generate/generate-form-fields.ts";
import { PerFilePromptsTable, promptedFiles } from "#features/generate/inputs/per-file-prompts.tsx";
import { useFolder } from "#features/generate/inputs/use-folder.ts";
import { InputsSection } from "#features/generate/inputs/inputs-section.tsx";
import type { Uploads } from "#features/generate/inputs/use-uploads.ts";
import type { JobOptions } from "#features/generate/job-options.ts";
import { JobOptionsFields } from "#features/generate/job-options-fields.tsx";
import { wantsMotion } from "#features/generate/modes.ts";
import { ParameterField } from "#features/generate/parameter-field.tsx";
import { PlanPreview } from "#features/generate/plan-preview.tsx";
import { placedFindings } from "#features/generate/preflight/placed-findings.ts";
import { PreflightPanel } from "#features/generate/preflight/preflight-panel.tsx";
import { usePreflight } from "#features/generate/preflight/use-preflight.ts";
import { PresetBar } from "#features/generate/presets/preset-bar.tsx";
import { optionsOf, settingsToKeep } from "#features/generate/presets/preset-settings.ts";
import { fieldsOf, promptsToKeep } from "#features/generate/presets/prompt-names.ts";
import { PromptFields } from "#features/generate/prompt-fields.tsx";
import type { Resolution } from "#features/generate/resolution-field.tsx";
import { runCountOf } from "#features/generate/run-count.ts";
import { SubmitBar } from "#features/generate/submit-bar.tsx";
import { PlanJob } from "#features/generate/submit-operation.ts";
import { useForm } from "#features/generate/use-form.ts";
import { useSubmit } from "#features/generate/use-submit.ts";
import { type Draft, emptyDraft, type Inputs } from "#features/generate/workspaces/workspace.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useRefused } from "#ui/access.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";

/** Fields of the input that the form shows itself, beside the parameters. */
const jobFields = ["name", "tries", "priority", "seedMode", "seed", "resolution", "stages"];

const noFiles: Inputs["files"] = [];

interface GenerateFormProps {
  /** Where another workflow is chosen. */
  workflowSelect: ReactNode;
  workflow: FormWorkflow;
  pools: readonly string[];
  labels: readonly string[];
  stageOnSubmit: boolean;
  resolutions: readonly Resolution[];
  /** One input file at most. */
  isSingle: boolean;
  draft: Draft;
  inputs: Inputs;
  uploads: Uploads;
  onDraftChange: (change: (draft: Draft) => Partial<Draft>) => void;
  onInputsChange: (change: (inputs: Inputs) => Partial<Inputs>) => void;
}

/** The submit form of one workflow. Submitting clears nothing: the next try is one change away. */
export function GenerateForm(props: GenerateFormProps) {
  const { workflow, pools, resolutions, isSingle, draft, uploads, onDraftChange, onInputsChange } = props;
  const { parameters, clips, inputKind, stageTemplate } = workflow;
  const { options } = draft;
  const inputs = useMemo(
    () => (isSingle ? { ...props.inputs, directory: "" } : props.inputs),
    [isSingle, props.inputs],
  );
  const folder = useFolder(inputKind === "NONE" || inputs.files.length > 0 ? "" : inputs.directory, workflow.id);
  const form = useForm({ workflow, draft, inputs, folderPath: folder.path, onDraftChange });
  const { slots, editable, layout, values } = form;
  const { submit, isPending, failureOn } = useSubmit();
  const plan = useAction(PlanJob);
  const [planned, setPlanned] = useState<Awaited<ReturnType<typeof plan.run>>>(null);
  const preflight = usePreflight(form.input, isPending);

  const set = (key: string, value: string) => form.setValues({ [key]: value });
  const setOptions = (part: Partial<JobOptions>) =>
    onDraftChange((before) => ({ options: { ...before.options, ...part } }));
  const files = inputKind === "NONE" ? noFiles : inputs.files;
  const shownFields = useMemo(() => {
    const ofFiles = isSingle || inputKind === "NONE" ? ["inputs"] : ["inputs", "directory"];
    const ofInputs = files
      .map((_file, index) => `inputs.${index}`)
      .concat(promptedFiles(inputs, folder).map(({ storedName }) => `perFileParams.${storedName}`));
    return [
      ...jobFields,
      ...(pools.length > 1 ? ["pool"] : []),
      ...(props.labels.length > 0 ? ["requiredLabels"] : []),
      ...(inputKind === "NONE" ? [] : ofFiles),
      ...ofInputs,
      ...Object.keys(values)
        .filter((key) => key !== layout.input?.key)
        .map((key) => `params.${key}`),
    ];
  }, [files, folder, inputKind, inputs, isSingle, layout.input, pools.length, props.labels.length, values]);
  const { atFields, elsewhere } = useMemo(
    () => placedFindings(preflight.plan?.findings ?? [], shownFields, parameters, layout.input),
    [preflight.plan, shownFields, parameters, layout.input],
  );
  const failure = failureOn(form.input) ?? plan.failure;
  const errorAt = (field: string) =>
    issueFor(failure, field) ?? issueFor(preflight.failure, field) ?? atFields.get(field);

  const failed = files.filter(({ key, assetId }) => !assetId && uploads.states[key]?.failure);
  const isUploading =
    files.length > failed.length && files.some(({ assetId, key }) => !assetId && !uploads.states[key]?.failure);
  const refusal = useRefused("CREATOR");
  const waitsFor = refusal ?? (isUploading ? "Uploading" : failed.length > 0 ? "A file did not arrive" : null);
  const send = () => {
    plan.reset();
    void submit(form.input);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isPending || waitsFor) return;
    event.preventDefault();
    send();
  };
  const promptForm = { slots, clips, parameters };

  return (
    <>
      <div className="mb-5 flex flex-wrap gap-x-6 gap-y-2">
        {props.workflowSelect}
        <PresetBar
          workflowId={workflow.id}
          category={workflow.category}
          draft={draft}
          contentOf={(kind) =>
            kind === "PROMPT" ? promptsToKeep(promptForm, values) : settingsToKeep(options, values, parameters)
          }
          onApply={(params, settings, presets) =>
            form.setValues(fieldsOf(promptForm, params), (before) => ({
              options: { ...before.options, ...optionsOf(settings) },
              presets: { ...before.presets, ...presets },
            }))
          }
          onDraftChange={onDraftChange}
        />
      </div>
      <form
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_340px]"
      >
        <div className="flex min-w-0 flex-col gap-6">
          {inputKind !== "NONE" && (
            <InputsSection
              workflowId={workflow.id}
              kind={inputKind}
              label={layout.input?.label ?? "Inputs"}
              help={layout.input?.ui.help ?? undefined}
              isSingle={isSingle}
              inputs={inputs}
              folder={folder}
              uploads={uploads}
              errorAt={errorAt}
              onInputsChange={onInputsChange}
            />
          )}
          {slots.length === 0 && layout.groups.length === 0 && inputKind === "NONE" && (
            <p className="text-ink-2">This workflow has no prompt and no setting: it runs as it is.</p>
          )}
          <PromptFields
            slots={slots}
            values={values}
            stages={{ ...form.stages, max: stageTemplate?.maxStages ?? 1 }}
            errorAt={errorAt}
            onValueChange={set}
            onStagesChange={(count) => setOptions({ stages: count === form.stages.held ? "" : String(count) })}
          />
          {inputKind !== "NONE" && !isSingle && (files.length > 0 || inputs.directory !== "") && (
            <PerFilePromptsTable
              mode={draft.perFilePrompts}
              files={promptedFiles(inputs, folder)}
              uploads={uploads.states}
              slots={editable.map((slot) => ({
                key: slotKey(slot),
                label: slot.label,
                text: values[slotKey(slot)] ?? "",
              }))}
              texts={draft.perFile}
              problemOf={({ storedName }) => errorAt(`perFileParams.${storedName}`)}
              onModeChange={(perFilePrompts) => onDraftChange(() => ({ perFilePrompts }))}
              onTextChange={(file, slot, text) =>
                onDraftChange(({ perFile }) => ({
                  perFile: { ...perFile, [file]: { ...perFile[file], [slot]: text } },
                }))
              }
            />
          )}
          {wantsMotion(workflow) && form.editable.length > 0 && (files.length > 0 || inputs.directory !== "") && (
            <AutoPromptsSection
              workflowId={workflow.id}
              form={promptForm}
              isSingle={isSingle}
              inputs={inputs}
              folder={folder}
              draft={draft}
              onDraftChange={onDraftChange}
              onValuesChange={form.setValues}
            />
          )}
          {layout.groups.map((group) => (
            <Panel key={group.name} title={group.name}>
              <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
                {group.parameters
                  .filter((parameter) => isShown(parameter, values))
                  .map((parameter) => (
                    <ParameterField
                      key={parameter.key}
                      parameter={parameter}
                      value={values[parameter.key] ?? ""}
                      error={errorAt(`params.${parameter.key}`)}
                      onValueChange={(value) => set(parameter.key, value)}
                    />
                  ))}
              </div>
            </Panel>
          ))}
        </div>
        <div className="flex flex-col gap-4 lg:sticky lg:top-4 lg:self-start">
          <Panel title="Job">
            <JobOptionsFields
              options={options}
              pools={pools}
              labels={props.labels}
              stageOnSubmit={props.stageOnSubmit}
              resolutions={resolutions}
              graphSeed={layout.seed ? (form.defaults[layout.seed.key] ?? "") : ""}
              hasInputs={inputKind !== "NONE" && !isSingle}
              errorAt={errorAt}
              onChange={setOptions}
            />
          </Panel>
          <PreflightPanel
            preflight={preflight}
            elsewhere={elsewhere}
            shownFields={shownFields}
            skipBlocked={options.skipBlocked}
            allowUnresolved={options.allowUnresolved}
            onSkipBlockedChange={(skipBlocked) => setOptions({ skipBlocked })}
            onAllowUnresolvedChange={(allowUnresolved) => setOptions({ allowUnresolved })}
          />
          <FailureNotice failure={failure} shownFields={shownFields} />
          <SubmitBar
            runCount={runCountOf(form.input, preflight)}
            waitsFor={waitsFor}
            isPending={isPending}
            isPlanning={plan.isPending}
            onPlan={() => void plan.run({ input: { ...form.input, dryRun: true } }).then(setPlanned)}
          />
          <Button
            variant="quiet"
            size="sm"
            className="self-end"
            onClick={() => onDraftChange(({ presets, autoPrompts }) => ({ ...emptyDraft, presets, autoPrompts }))}
          >
            Back to the workflow's values
          </Button>
        </div>
        {planned && <PlanPreview runs={planned.plannedRuns} onClose={() => setPlanned(null)} />}
      </form>
    </>
  );
}
