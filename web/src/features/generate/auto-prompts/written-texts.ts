import type { FolderFiles } from "#features/generate/inputs/use-folder.ts";
import type { AutoPromptDraft, Inputs } from "#features/generate/workspaces/workspace.ts";
import type { AutoPromptInput, AutoPromptItemStatus, AutoPromptStage, EditedAutoPromptInput } from "#gql/graphql.ts";

/** One picture and what was written for it. */
export interface WrittenItem {
  key: string;
  status: AutoPromptItemStatus;
  caption?: string | null;
  motionPrompt?: string | null;
  clips: readonly string[];
  asset: { id: string };
}

/** The pictures of the form, as prompts are asked for. */
export interface FormPictures {
  input: Pick<AutoPromptInput, "assetIds" | "paths" | "directory">;
  /** How perFileParams names those that are known by name. */
  keys: readonly string[];
  count: number;
  /** The folder that they are in; empty when they were dropped. */
  folder: string;
}

/** Null while files are on their way, or there are none. */
export function picturesOf({ files }: Inputs, folder: FolderFiles): FormPictures | null {
  if (files.length > 0) {
    const keys = files.flatMap(({ assetId }) => assetId ?? []);
    return keys.length < files.length ? null : { input: { assetIds: keys }, keys, count: keys.length, folder: "" };
  }
  const { path, files: listed, matchCount } = folder;
  if (path === null || !listed || !matchCount) return null;
  const keys = listed.map((file) => file.path);
  // Of a large folder only the first are listed.
  const input = keys.length === matchCount ? { paths: keys } : { directory: path };
  return { input, keys, count: matchCount, folder: path };
}

/** How the form names a picture of a set: by its asset when it was dropped, else by its path. */
export function fileKeyOf({ key, asset }: Pick<WrittenItem, "key" | "asset">, folder: string): string {
  if (folder === "") return asset.id;
  return key.includes("/") ? key : `${folder}/${key}`;
}

type Edits = AutoPromptDraft["edits"];
const editOf = (edits: Edits, key: string, field: string): string | undefined =>
  Object.hasOwn(edits, key) ? edits[key]?.[field] : undefined;

/** A text of a picture that a person may change. */
export interface WrittenText {
  /** `caption`, `prompt`, or `clip_1` to N: by which edits name it. */
  field: string;
  label: string;
  text: string;
}

export function captionOf(item: WrittenItem, edits: Edits): WrittenText {
  return { field: "caption", label: "Caption", text: editOf(edits, item.key, "caption") ?? item.caption ?? "" };
}

/** One text, or one for each clip; none before they are written. */
export function promptsOf({ key, motionPrompt, clips }: WrittenItem, edits: Edits): WrittenText[] {
  const written =
    clips.length > 0
      ? clips.map((text, index) => ({ field: `clip_${index + 1}`, label: `Clip ${index + 1}`, text }))
      : motionPrompt == null
        ? []
        : [{ field: "prompt", label: "Prompt", text: motionPrompt }];
  return written.map((each) => ({ ...each, text: editOf(edits, key, each.field) ?? each.text }));
}

/** Descriptions as they are now, of the form's pictures, by their keys in the form. */
export function captionsFor(
  pictures: FormPictures,
  items: readonly WrittenItem[],
  { edits, folder }: Pick<AutoPromptDraft, "edits" | "folder">,
): Record<string, string> {
  const isThere = new Set(pictures.keys);
  const isListed = pictures.input.directory === undefined;
  const entries = items.flatMap((item): [string, string][] => {
    const key = fileKeyOf(item, folder);
    const text = captionOf(item, edits).text.trim();
    const isOurs = folder === pictures.folder && (!isListed || isThere.has(key));
    return text !== "" && isOurs ? [[key, text]] : [];
  });
  return Object.fromEntries(entries);
}

/** The prompts that a person has changed, whole. */
export function editedPrompts(items: readonly WrittenItem[], edits: Edits): EditedAutoPromptInput[] {
  return items.flatMap((item) => {
    const prompts = promptsOf(item, edits);
    if (!prompts.some(({ field }) => editOf(edits, item.key, field) !== undefined)) return [];
    const texts = prompts.map(({ text }) => text);
    return [{ key: item.key, ...(item.clips.length > 0 ? { clips: texts } : { motionPrompt: texts[0] ?? "" }) }];
  });
}

/** Which pass a set is in, and at which picture. */
export function passOf(stage: AutoPromptStage, items: readonly WrittenItem[]): { words: string; share: number } {
  const total = items.length;
  const failed = items.filter(({ status }) => status === "FAILED").length;
  const described = items.filter(({ status, caption }) => status !== "FAILED" && caption != null).length;
  const isDescribing = stage === "CAPTION" || (stage === "BOTH" && described + failed < total);
  const written = items.filter(({ status }) => status === "DONE").length;
  const over = failed + (isDescribing ? described : written);
  const at = Math.min(total, over + 1);
  return {
    words: `${isDescribing ? "Describing" : "Writing"} ${at} of ${total}`,
    share: total === 0 ? 0 : over / total,
  };
}
