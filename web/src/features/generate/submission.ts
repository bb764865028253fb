import {
  changedParams,
  type FormParameter,
  type FormSlot,
  type FormValues,
  slotKey,
} from "#features/generate/form-values.ts";
import { optionsInput } from "#features/generate/job-options.ts";
import type { Draft, Inputs } from "#features/generate/workspaces/workspace.ts";
import type { SubmitJobInput } from "#gql/graphql.ts";

export interface SubmissionSource {
  workflow: { id: string; inputKind: "IMAGE" | "VIDEO" | "NONE" };
  parameters: readonly FormParameter[];
  slots: readonly FormSlot[];
  /** Every field of the form. */
  values: FormValues;
  draft: Draft;
  inputs: Inputs;
  /** The folder as the server calls it, with links resolved; null while that is not known. */
  folderPath: string | null;
}

/** What the form submits; the same input is what the look ahead is asked with. */
export function submissionOf(source: SubmissionSource): SubmitJobInput {
  const { workflow, parameters, slots, values, draft, inputs } = source;
  return {
    workflowId: workflow.id,
    params: changedParams(values, parameters, slots),
    ...optionsInput(draft.options),
    ...(workflow.inputKind !== "NONE" && { ...filesOf(inputs), ...perFileOf(source) }),
  };
}

/** The keys of the files that have a prompt of their own in the form and are among the inputs. */
function perFileOf({ draft, inputs, slots, folderPath }: SubmissionSource): Partial<SubmitJobInput> {
  const { perFile, perFilePrompts } = draft;
  if (perFilePrompts === "OFF") return {};
  const isInput = (key: string) =>
    inputs.files.length > 0
      ? inputs.files.some(({ assetId }) => assetId === key)
      : folderOf(key) === (folderPath ?? inputs.directory);
  const editable = new Set(slots.filter((slot) => slot.isUserEditable).map(slotKey));
  const params: Record<string, Record<string, string>> = {};
  for (const [key, texts] of Object.entries(perFile)) {
    const own = Object.entries(texts).filter(([slot, text]) => editable.has(slot) && text.trim() !== "");
    if (own.length > 0 && isInput(key)) params[key] = Object.fromEntries(own);
  }
  return {
    ...(Object.keys(params).length > 0 && { perFileParams: params }),
    ...(perFilePrompts === "REQUIRED" && { promptMode: "PER_IMAGE_MANUAL" }),
    ...(perFilePrompts === "AUTO" && { promptMode: "PER_IMAGE_AUTO" }),
  };
}

/** While files are dropped they are the inputs, and the folder waits. */
function filesOf({ files, directory }: Inputs): Partial<SubmitJobInput> {
  if (files.length > 0) return { inputs: files.flatMap(({ assetId }) => (assetId ? [{ assetId }] : [])) };
  return directory ? { directory } : {};
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/"))) || "/";
