/** What tells one image of an execution from the others. */
export interface ImageName {
  /** From 0: the scene's number − 1. */
  order: number;
  slug: string;
  /** From 0. */
  variant: number;
}

/** What tells the clip from one scene to the next from the others. */
export interface TransitionName {
  order: number;
  slug: string;
  nextSlug: string;
}

/** Where the files of an execution lie, as logical folders of assets and in its zip. */
export interface ExecutionPlace {
  story: string;
  jobId: string;
  execId: string;
}

const slugPattern = "[a-z0-9]+(?:-[a-z0-9]+)*";
const imagePattern = new RegExp(`^(\\d{3,6})_(${slugPattern})_(\\d{2,4})\\.png$`);
const transitionPattern = new RegExp(`^(\\d{3,6})_(${slugPattern})_to_(\\d{3,6})_(${slugPattern})\\.mp4$`);

/** Three digits, so that names sort in story order. */
export function paddedOrder(order: number): string {
  return String(order).padStart(3, "0");
}

export function imageFilename({ order, slug, variant }: ImageName): string {
  return `${paddedOrder(order)}_${slug}_${String(variant).padStart(2, "0")}.png`;
}

/** The other way round; null for any other text. */
export function parseImageFilename(filename: string): ImageName | null {
  const [, order, slug, variant] = imagePattern.exec(filename) ?? [];
  const name = slug === undefined ? null : { order: Number(order), slug, variant: Number(variant) };
  return name && imageFilename(name) === filename ? name : null;
}

export function transitionFilename({ order, slug, nextSlug }: TransitionName): string {
  return `${paddedOrder(order)}_${slug}_to_${paddedOrder(order + 1)}_${nextSlug}.mp4`;
}

/** The other way round; null for any other text. */
export function parseTransitionFilename(filename: string): TransitionName | null {
  const [, order, slug, , nextSlug] = transitionPattern.exec(filename) ?? [];
  if (slug === undefined || nextSlug === undefined) return null;
  const name = { order: Number(order), slug, nextSlug };
  return transitionFilename(name) === filename ? name : null;
}

export function sourceFilename(inputHash: string): string {
  return `source_${inputHash}.png`;
}

export function executionFolder({ story, jobId, execId }: ExecutionPlace): string {
  return `stories/${story}/jobs/${jobId}/executions/${execId}`;
}
