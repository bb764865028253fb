import { defaultOptions, type JobOptions } from "#features/generate/job-options.ts";
import type { ImageMode, Mode } from "#features/generate/modes.ts";

/** Whether files have prompts of their own: none, those that have one, each must, or each has what a language model wrote. */
export type PerFilePrompts = "OFF" | "OPTIONAL" | "REQUIRED" | "AUTO";

/** Prompts that a language model writes for the inputs. */
export interface AutoPromptDraft {
  /** The set of prompts. */
  id: string;
  /** The folder that the pictures are in, as the server calls it; empty when they were dropped. */
  folder: string;
  /** What people have made of the texts: by the picture's key in the set, then `caption`, `prompt` or `clip_1` to N. */
  edits: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a person has put into the form of one workflow in one mode. */
export interface Draft {
  /** Fields that differ from the workflow's own values, as typed; see FormValues. */
  values: Readonly<Record<string, string>>;
  options: JobOptions;
  perFilePrompts: PerFilePrompts;
  /** Prompts of single files: by the file's key, then by the slot's. */
  perFile: Readonly<Record<string, Readonly<Record<string, string>>>>;
  autoPrompts: AutoPromptDraft | null;
  /** The presets that were applied last. */
  presets: { PROMPT: string; SETTINGS: string };
}

/** A file that a person dropped, uploaded or on its way. */
export interface DroppedFile {
  key: string;
  /** As it was called when it was dropped. */
  name: string;
  /** The name that it got here, where another file had its own already. */
  storedName?: string;
  assetId: string | null;
}

/** Where the input files of a mode come from: what was dropped goes before the folder of the server. */
export interface Inputs {
  files: readonly DroppedFile[];
  /** A folder of the server; none when empty. */
  directory: string;
}

export interface Workspace {
  id: string;
  name: string;
  mode: Mode;
  /** What images started from last. */
  imageMode: ImageMode;
  /** The workflow chosen in each mode. */
  workflows: Readonly<Partial<Record<Mode, string>>>;
  inputs: Readonly<Partial<Record<Mode, Inputs>>>;
  /** By the key of their `DraftPlace`. */
  drafts: Readonly<Record<string, Draft>>;
}

/** All workspaces in their order; there is always at least one. */
export interface Workspaces {
  activeId: string;
  list: readonly Workspace[];
}

export const emptyDraft: Draft = {
  values: {},
  options: defaultOptions,
  perFilePrompts: "OFF",
  perFile: {},
  autoPrompts: null,
  presets: { PROMPT: "", SETTINGS: "" },
};
const noInputs: Inputs = { files: [], directory: "" };

/** Where a draft is: which workspace, and which mode and workflow in it. */
export interface DraftPlace {
  workspaceId: string;
  key: string;
}

export function placeOf(workspace: Workspace): DraftPlace {
  return { workspaceId: workspace.id, key: `${workspace.mode}/${workflowIn(workspace)}` };
}

export function activeOf({ list, activeId }: Workspaces): Workspace {
  return list.find(({ id }) => id === activeId) ?? (list[0] as Workspace);
}

export function workflowIn({ mode, workflows }: Workspace): string {
  return workflows[mode] ?? "";
}

export function draftIn(workspace: Workspace): Draft {
  return workspace.drafts[placeOf(workspace).key] ?? emptyDraft;
}

export function inputsIn({ mode, inputs }: Workspace): Inputs {
  return inputs[mode] ?? noInputs;
}
