import { defaultOptions, type JobOptions, seedModes, stagings } from "#features/generate/job-options.ts";
import { isImageMode, isMode, type Mode } from "#features/generate/modes.ts";
import {
  type AutoPromptDraft,
  type Draft,
  type DroppedFile,
  emptyDraft,
  type Inputs,
  type PerFilePrompts,
  type Workspace,
  type Workspaces,
} from "#features/generate/workspaces/workspace.ts";

/** To be raised when what is stored can no longer be read as it was. */
const version = 1;
const perFileModes: readonly unknown[] = ["OFF", "OPTIONAL", "REQUIRED", "AUTO"];

export function toText(all: Workspaces): string {
  return JSON.stringify({ version, ...all });
}

/**
 * What `toText` wrote. Everything is checked: a browser's storage can hold anything. What is not right is left out, down
 * to the single value; null when nothing is left or another version wrote it.
 */
export function fromText(text: string | null): Workspaces | null {
  const stored = parsed(text);
  if (!isRecord(stored) || stored["version"] !== version || !Array.isArray(stored["list"])) return null;
  const seen = new Set<string>();
  const list = stored["list"].flatMap((value: unknown) => {
    const workspace = workspaceFrom(value);
    if (!workspace || seen.has(workspace.id)) return [];
    seen.add(workspace.id);
    return [workspace];
  });
  const [first] = list;
  if (!first) return null;
  const activeId = stored["activeId"];
  return { activeId: list.find(({ id }) => id === activeId)?.id ?? first.id, list };
}

function workspaceFrom(value: unknown): Workspace | null {
  if (!isRecord(value) || !isText(value["id"]) || value["id"] === "") return null;
  const { id, name, mode, imageMode } = value;
  return {
    id,
    name: isText(name) && name.trim() ? name.slice(0, 60) : "Workspace",
    mode: isMode(mode) ? mode : "TEXT_TO_IMAGE",
    imageMode: isImageMode(imageMode) ? imageMode : "TEXT_TO_IMAGE",
    workflows: byMode(value["workflows"], (workflowId) => (isText(workflowId) && workflowId ? workflowId : null)),
    inputs: byMode(value["inputs"], inputsFrom),
    drafts: mapped(value["drafts"], draftFrom),
  };
}

function inputsFrom(value: unknown): Inputs | null {
  if (!isRecord(value)) return null;
  const { files, directory } = value;
  return {
    files: Array.isArray(files) ? files.flatMap((file: unknown) => fileFrom(file) ?? []) : [],
    directory: isText(directory) ? directory : "",
  };
}

/** A file whose upload did not end is gone: the browser gave it to the page that is no more. */
function fileFrom(value: unknown): DroppedFile | null {
  if (!isRecord(value)) return null;
  const { key, name, storedName, assetId } = value;
  if (!isText(key) || !isText(name) || !isText(assetId) || !key || !assetId) return null;
  return { key, name, assetId, ...(isText(storedName) && { storedName }) };
}

function draftFrom(value: unknown): Draft | null {
  if (!isRecord(value)) return null;
  const { perFilePrompts, presets } = value;
  const applied = isRecord(presets) ? presets : {};
  const applies = (kind: string) => (isText(applied[kind]) ? applied[kind] : "");
  return {
    values: texts(value["values"]),
    options: optionsFrom(value["options"]),
    perFilePrompts: perFileModes.includes(perFilePrompts)
      ? (perFilePrompts as PerFilePrompts)
      : emptyDraft.perFilePrompts,
    perFile: mapped(value["perFile"], (each) => (isRecord(each) ? texts(each) : null)),
    autoPrompts: autoPromptsFrom(value["autoPrompts"]),
    presets: { PROMPT: applies("PROMPT"), SETTINGS: applies("SETTINGS") },
  };
}

function autoPromptsFrom(value: unknown): AutoPromptDraft | null {
  if (!isRecord(value) || !isText(value["id"]) || value["id"] === "") return null;
  const { id, folder, edits } = value;
  return {
    id,
    folder: isText(folder) ? folder : "",
    edits: mapped(edits, (each) => (isRecord(each) ? texts(each) : null)),
  };
}

function optionsFrom(value: unknown): JobOptions {
  if (!isRecord(value)) return defaultOptions;
  const known = Object.entries(defaultOptions).map(([name, fallback]) => {
    const stored = value[name];
    return [name, typeof stored === typeof fallback ? stored : fallback];
  });
  const options = Object.fromEntries(known) as JobOptions;
  return {
    ...options,
    tries: within(options.tries, 1, 100, defaultOptions.tries),
    priority: within(options.priority, -1000, 1000, defaultOptions.priority),
    stages: options.stages === "" ? "" : within(options.stages, 1, 1000, ""),
    seed: /^\d{0,20}$/.test(options.seed) ? options.seed : "",
    staging: stagings.includes(options.staging) ? options.staging : defaultOptions.staging,
    seedMode: seedModes.includes(options.seedMode) ? options.seedMode : defaultOptions.seedMode,
  };
}

function within(text: string, min: number, max: number, fallback: string): string {
  const number = Number(text);
  return text.trim() !== "" && Number.isInteger(number) ? String(Math.min(max, Math.max(min, number))) : fallback;
}

function byMode<Value>(value: unknown, from: (each: unknown) => Value | null): Partial<Record<Mode, Value>> {
  return Object.fromEntries(Object.entries(mapped(value, from)).filter(([mode]) => isMode(mode)));
}

function mapped<Value>(value: unknown, from: (each: unknown) => Value | null): Record<string, Value> {
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).flatMap(([key, each]): [string, Value][] => {
    const result = from(each);
    return result === null ? [] : [[key, result]];
  });
  return Object.fromEntries(entries);
}

const texts = (value: unknown): Record<string, string> => mapped(value, (each) => (isText(each) ? each : null));

function parsed(text: string | null): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isText = (value: unknown): value is string => typeof value === "string";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
