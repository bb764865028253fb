"use client";

import dynamic from "next/dynamic";
import { picturesOf } from "#features/generate/auto-prompts/written-texts.ts";
import type { FormValues } from "#features/generate/form-values.ts";
import type { FolderFiles } from "#features/generate/inputs/use-folder.ts";
import { fieldsOf, type PromptForm } from "#features/generate/presets/prompt-names.ts";
import type { Draft, Inputs } from "#features/generate/workspaces/workspace.ts";
import { ErrorBoundary } from "#ui/error-boundary.tsx";

const AutoPromptsPanel = dynamic(
  async () => (await import("#features/generate/auto-prompts/auto-prompts-panel.tsx")).AutoPromptsPanel,
);

interface AutoPromptsSectionProps {
  workflowId: string;
  form: PromptForm;
  /** One picture at most: its prompt is the form's own. */
  isSingle: boolean;
  inputs: Inputs;
  folder: FolderFiles;
  draft: Draft;
  onDraftChange: (change: (draft: Draft) => Partial<Draft>) => void;
  onValuesChange: (values: FormValues) => void;
}

/** Auto-prompts of the form's pictures, and how they get into the form. Loaded when there are pictures. */
export function AutoPromptsSection(props: AutoPromptsSectionProps) {
  const { workflowId, form, isSingle, inputs, folder, draft, onDraftChange, onValuesChange } = props;
  const apply = (params: Record<string, Record<string, unknown>>) => {
    const fields = Object.entries(params).map(([file, own]) => [file, fieldsOf(form, own)] as const);
    const [first] = fields;
    if (isSingle) {
      if (first) onValuesChange(first[1]);
      return;
    }
    onDraftChange(({ perFile }) => ({
      perFilePrompts: "AUTO",
      perFile: {
        ...perFile,
        ...Object.fromEntries(fields.map(([file, own]) => [file, { ...perFile[file], ...own }])),
      },
    }));
  };
  return (
    <ErrorBoundary name="Auto-prompts">
      <AutoPromptsPanel
        workflowId={workflowId}
        pictures={picturesOf(inputs, folder)}
        draft={draft.autoPrompts}
        onDraftChange={(autoPrompts) => onDraftChange(() => ({ autoPrompts }))}
        onApply={apply}
      />
    </ErrorBoundary>
  );
}
