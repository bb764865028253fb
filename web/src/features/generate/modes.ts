import type { InputKind, WorkflowCategory } from "#gql/graphql.ts";

export const modes = ["BATCH", "SINGLE", "TEXT_TO_IMAGE", "IMAGE_TO_IMAGE", "IMAGE_UPSCALE", "VIDEO_UPSCALE"] as const;
/** What a workspace is for. Each shows the workflows of its category only, and keeps a workflow of its own. */
export type Mode = (typeof modes)[number];

export const isMode = (value: unknown): value is Mode => (modes as readonly unknown[]).includes(value);

/** Of images, what they start from. */
export const imageModes = ["TEXT_TO_IMAGE", "IMAGE_TO_IMAGE"] as const satisfies Mode[];
export type ImageMode = (typeof imageModes)[number];
export const isImageMode = (value: unknown): value is ImageMode => (imageModes as readonly unknown[]).includes(value);

export const modeLabels: Record<Mode, string> = {
  BATCH: "Batch",
  SINGLE: "Single",
  TEXT_TO_IMAGE: "Text to image",
  IMAGE_TO_IMAGE: "Image to image",
  IMAGE_UPSCALE: "Upscale images",
  VIDEO_UPSCALE: "Upscale video",
};

export interface ModeWorkflow {
  category: WorkflowCategory;
  inputKind: InputKind;
}

const clips: WorkflowCategory[] = ["VIDEO_GEN", "OTHER"];
const rules: Record<Mode, { categories: WorkflowCategory[]; needsFile: boolean | null; wants: string }> = {
  BATCH: { categories: clips, needsFile: true, wants: "video workflows that start from files, one run for each" },
  SINGLE: { categories: clips, needsFile: null, wants: "video workflows, with one file or none" },
  TEXT_TO_IMAGE: { categories: ["IMAGE_GEN"], needsFile: false, wants: "image workflows that start from text" },
  IMAGE_TO_IMAGE: { categories: ["IMAGE_GEN"], needsFile: true, wants: "image workflows that start from a file" },
  IMAGE_UPSCALE: { categories: ["IMAGE_UPSCALE"], needsFile: null, wants: "workflows that enlarge images" },
  VIDEO_UPSCALE: { categories: ["VIDEO_UPSCALE"], needsFile: null, wants: "workflows that enlarge video" },
};

export const modeWants = (mode: Mode): string => rules[mode].wants;

/** Whether a job in this mode has one input file at most. */
export const takesOneFile = (mode: Mode): boolean => mode === "SINGLE";

/** The arguments by which the server lists the workflows that fit a mode. */
export function modeFilter(mode: Mode): { categories: WorkflowCategory[]; takesFile: boolean | null } {
  const { categories, needsFile } = rules[mode];
  return { categories, takesFile: needsFile };
}

/** Whether pictures are set in motion: what auto-prompts are written for. */
export const wantsMotion = ({ category, inputKind }: ModeWorkflow): boolean =>
  clips.includes(category) && inputKind === "IMAGE";

export function fitsMode(mode: Mode, { category, inputKind }: ModeWorkflow): boolean {
  const { categories, needsFile } = rules[mode];
  return categories.includes(category) && (needsFile === null || needsFile === (inputKind !== "NONE"));
}

/** The mode that a workflow is opened in: the present one where it fits. */
export function modeOf(workflow: ModeWorkflow, present: Mode): Mode {
  if (fitsMode(present, workflow)) return present;
  return modes.find((mode) => fitsMode(mode, workflow)) ?? present;
}
