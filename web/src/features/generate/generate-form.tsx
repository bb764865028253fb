"use client";

import { Eye, Sparkles } from "lucide-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import { changedParams, defaultValues, slotKey } from "#features/generate/form-values.ts";
import { isShown, layoutForm } from "#features/generate/form-layout.ts";
import { InputFiles } from "#features/generate/input-files.tsx";
import { defaultOptions, optionsInput } from "#features/generate/job-options.ts";
import { JobOptionsFields } from "#features/generate/job-options-fields.tsx";
import { FormParameterFields, FormSlotFields } from "#features/generate/parameter-fields.ts";
import { ParameterField } from "#features/generate/parameter-field.tsx";
import { PlanPreview } from "#features/generate/plan-preview.tsx";
import { SlotField } from "#features/generate/slot-field.tsx";
import { PlanJob } from "#features/generate/submit-operation.ts";
import { useInputFiles } from "#features/generate/use-input-files.ts";
import { useSubmit } from "#features/generate/use-submit.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { SubmitJobInput } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { Panel } from "#ui/panel.tsx";

const GenerateFormFields = graphql(`
  fragment GenerateForm on Workflow {
    id
    inputKind
    promptSlots {
      id
      ...FormSlotFields
    }
    clips {
      label
      nodeId
      inputName
    }
    parameters {
      ...FormParameterFields
    }
  }
`);

/** Fields of the input that the form shows itself, beside the parameters. */
const jobFields = ["name", "tries", "priority", "seedMode", "seed", "resolution", "pool", "inputs"];

interface GenerateFormProps {
  workflow: FragmentType<typeof GenerateFormFields>;
  pools: readonly string[];
}

/** The submit form of one workflow. Submitting clears nothing: the next try is one change away. */
export function GenerateForm({ workflow: source, pools }: GenerateFormProps) {
  const workflow = readFragment(GenerateFormFields, source);
  const slots = useMemo(() => readFragment(FormSlotFields, workflow.promptSlots), [workflow.promptSlots]);
  const parameters = readFragment(FormParameterFields, workflow.parameters);
  const layout = useMemo(
    () => layoutForm(parameters, slots, workflow.inputKind),
    [parameters, slots, workflow.inputKind],
  );
  const clipLabels = new Map(workflow.clips.map((clip) => [slotKey(clip), clip.label]));
  const defaults = useMemo(() => defaultValues(parameters, slots), [parameters, slots]);
  const [edits, setEdits] = useState<Record<string, string>>({});
  const values = { ...defaults, ...edits };
  const [options, setOptions] = useState(defaultOptions);
  const inputs = useInputFiles();
  const { submit, isPending, failure: submitFailure } = useSubmit();
  const plan = useAction(PlanJob);
  const [planned, setPlanned] = useState<Awaited<ReturnType<typeof plan.run>>>(null);
  const failure = submitFailure ?? plan.failure;

  const set = (key: string) => (value: string) => setEdits((before) => ({ ...before, [key]: value }));
  const isUploading = inputs.files.some((file) => !file.picture && !file.failure);
  const runs = Math.max(1, Number(options.tries) || 1) * Math.max(1, inputs.files.length);
  const shownFields = jobFields.concat(Object.keys(values).map((key) => `params.${key}`));
  const input = (): SubmitJobInput => ({
    workflowId: workflow.id,
    params: changedParams(values, parameters, slots),
    ...optionsInput(options),
    ...(inputs.files.length > 0 && {
      inputs: inputs.files.flatMap((file) => (file.picture ? [{ assetId: file.picture.id }] : [])),
    }),
  });
  const send = () => {
    plan.reset();
    void submit(input());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isPending || isUploading) return;
    event.preventDefault();
    send();
  };

  return (
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
        {workflow.inputKind !== "NONE" && (
          <InputFiles
            label={layout.input?.label ?? "Inputs"}
            kind={workflow.inputKind}
            help={layout.input?.ui.help ?? undefined}
            error={issueFor(failure, "inputs")}
            files={inputs.files}
            onAdd={inputs.add}
            onRemove={inputs.remove}
            onRetry={inputs.retry}
            onClear={inputs.clear}
          />
        )}
        {slots.length === 0 && layout.groups.length === 0 && workflow.inputKind === "NONE" && (
          <p className="text-ink-2">This workflow has no prompt and no setting: it runs as it is.</p>
        )}
        {slots
          .toSorted((a, b) => a.sortOrder - b.sortOrder)
          .map((slot) => (
            <SlotField
              key={slot.id}
              slot={{ ...slot, label: clipLabels.get(slotKey(slot)) ?? slot.label }}
              value={values[slotKey(slot)] ?? ""}
              error={issueFor(failure, `params.${slotKey(slot)}`)}
              onValueChange={set(slotKey(slot))}
            />
          ))}
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
                    error={issueFor(failure, `params.${parameter.key}`)}
                    onValueChange={set(parameter.key)}
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
            graphSeed={layout.seed ? (defaults[layout.seed.key] ?? "") : ""}
            failure={failure}
            onChange={(part) => setOptions((before) => ({ ...before, ...part }))}
          />
        </Panel>
        <FailureNotice failure={failure} shownFields={shownFields} />
        <div className="flex items-center gap-2 max-md:sticky max-md:bottom-14 max-md:-mx-3 max-md:border-t max-md:bg-surface max-md:p-3">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            className="grow"
            isPending={isPending}
            disabled={isUploading}
          >
            {!isPending && <Sparkles aria-hidden />}
            {isUploading ? "Uploading" : `Generate ${plural(runs, "run")}`}
            <span className="max-md:hidden">
              <Kbd>Ctrl ↵</Kbd>
            </span>
          </Button>
          <Button
            size="lg"
            variant="secondary"
            className="px-3"
            isPending={plan.isPending}
            disabled={isUploading}
            onClick={() => void plan.run({ input: { ...input(), dryRun: true } }).then(setPlanned)}
          >
            {!plan.isPending && <Eye aria-hidden />}
            Preview
          </Button>
        </div>
        <Button
          variant="quiet"
          size="sm"
          className="self-end"
          onClick={() => {
            setEdits({});
            setOptions(defaultOptions);
          }}
        >
          Back to the workflow's values
        </Button>
      </div>
      {planned && <PlanPreview runs={planned.plannedRuns} onClose={() => setPlanned(null)} />}
    </form>
  );
}
