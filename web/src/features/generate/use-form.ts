"use client";

import { useCallback, useMemo, useState } from "react";
import { layoutForm } from "#features/generate/form-layout.ts";
import { defaultValues, type FormValues } from "#features/generate/form-values.ts";
import type { FormWorkflow } from "#features/generate/generate-form-fields.ts";
import { restoredValues } from "#features/generate/restored-values.ts";
import { promptsWithStages } from "#features/generate/stage-prompts.ts";
import { submissionOf } from "#features/generate/submission.ts";
import type { Draft, Inputs } from "#features/generate/workspaces/workspace.ts";

interface FormSource {
  workflow: FormWorkflow;
  draft: Draft;
  inputs: Inputs;
  /** The folder of the inputs as the server calls it. */
  folderPath: string | null;
  onDraftChange: (change: (draft: Draft) => Partial<Draft>) => void;
}

/** What the form of a workflow shows, and what it submits, from what a person has put in. */
export function useForm({ workflow, draft: kept, inputs, folderPath, onDraftChange }: FormSource) {
  const { parameters, clips, stageTemplate, inputKind } = workflow;
  const held = stageTemplate?.stages.length ?? null;
  const stageCount = held === null ? null : Number(kept.options.stages) || held;
  const slots = useMemo(
    () => promptsWithStages({ slots: workflow.slots, clips, stages: stageTemplate?.stages ?? null }, stageCount),
    [workflow.slots, clips, stageTemplate, stageCount],
  );
  const layout = useMemo(
    () => layoutForm(parameters, workflow.slots, inputKind),
    [parameters, workflow.slots, inputKind],
  );
  const defaults = useMemo(() => defaultValues(parameters, slots), [parameters, slots]);

  // What was typed at an earlier visit is fitted to the workflow as it is now. Then people may type what they like.
  const [earlier] = useState(() => ({
    kept: kept.values,
    fitted: restoredValues(kept.values, parameters, slots),
  }));
  const editsOf = useCallback(
    ({ values }: Draft): FormValues => (values === earlier.kept ? earlier.fitted : values),
    [earlier],
  );
  const setValues = useCallback(
    (values: FormValues, part: (draft: Draft) => Partial<Draft> = () => ({})) =>
      onDraftChange((before) => ({ ...part(before), values: { ...editsOf(before), ...values } })),
    [editsOf, onDraftChange],
  );

  const draft = useMemo(
    // Without a stage template there is nothing to count.
    () => (stageTemplate ? kept : { ...kept, options: { ...kept.options, stages: "" } }),
    [kept, stageTemplate],
  );
  const values = useMemo(() => ({ ...defaults, ...editsOf(kept) }), [defaults, editsOf, kept]);
  const input = useMemo(
    () => submissionOf({ workflow, parameters, slots, values, draft, inputs, folderPath }),
    [workflow, parameters, slots, values, draft, inputs, folderPath],
  );
  const editable = useMemo(() => slots.filter(({ isUserEditable }) => isUserEditable), [slots]);
  return { slots, editable, layout, defaults, values, setValues, input, stages: { held, count: stageCount } };
}
