import { modeOf, type ModeWorkflow } from "#features/generate/modes.ts";
import { added, replaced } from "#features/generate/workspaces/changes.ts";
import { type Draft, type DroppedFile, emptyDraft, type Workspaces } from "#features/generate/workspaces/workspace.ts";

export interface Remix {
  name: string;
  workflow: ModeWorkflow & { id: string };
  values: Draft["values"];
  options: Partial<Draft["options"]>;
  /** The run's input, if it had one. */
  file: DroppedFile | null;
}

/** Opens a new workspace that holds the settings of a run, behind the others. */
export function remixed(all: Workspaces, id: string, { name, workflow, values, options, file }: Remix): Workspaces {
  // Of a clip's modes the one that takes a single file.
  const mode = modeOf(workflow, "SINGLE");
  return replaced(added(all, id), id, (workspace) => ({
    ...workspace,
    name: name.trim().slice(0, 60) || workspace.name,
    mode,
    ...((mode === "TEXT_TO_IMAGE" || mode === "IMAGE_TO_IMAGE") && { imageMode: mode }),
    workflows: { [mode]: workflow.id },
    inputs: file ? { [mode]: { files: [file], directory: "" } } : {},
    drafts: {
      [`${mode}/${workflow.id}`]: { ...emptyDraft, values, options: { ...emptyDraft.options, ...options } },
    },
  }));
}
