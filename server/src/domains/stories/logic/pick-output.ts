import type { ArtifactKind } from "#platform/db/generated/enums.ts";

export interface RunFile {
  assetId: string;
  sha256: string;
  mime: string;
  /** What an ADMIN said that the files of its node are. */
  kind: ArtifactKind | null;
}

/** Of the files of a run, in the order in which they were saved, the one that it was made for; the last counts. */
export function pickOutput<File extends RunFile>(files: readonly File[], wanted: "IMAGE" | "VIDEO"): File | null {
  const fits = ({ mime }: RunFile): boolean => (wanted === "VIDEO" ? isClip(mime) : mime.startsWith("image/"));
  const candidates = files.filter((file) => fits(file) && (file.kind === null || file.kind === "FINAL"));
  return candidates.findLast(({ kind }) => kind === "FINAL") ?? candidates.at(-1) ?? null;
}

/** Pictures that move count: some workflows save nothing else. */
function isClip(mime: string): boolean {
  return /^(video\/|image\/(webp|gif|apng))/.test(mime);
}
