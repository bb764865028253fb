import type { ArtifactKind } from "#platform/db/generated/enums.ts";

export interface OutputFile {
  assetId: string;
  /** The file's name on the machine. */
  machineFilename: string;
  /** What the workflow itself calls the files of the node that saved it; null when it says nothing. */
  ownPrefix: string | null;
  mime: string;
  /** What an ADMIN said that the files of this node are. */
  nodeKind: ArtifactKind | null;
  /** Class and title of the node that saved it. */
  nodeText: string;
}

export interface PlannedArtifact {
  assetId: string;
  kind: ArtifactKind;
  sequenceIndex: number | null;
  isPrimary: boolean;
}

/**
 * Sorts a take's outputs into kinds: CHUNK by the scene type's pattern, the others as their node was declared, else by what
 * its class and title say, else FINAL. The primary output is the last FINAL clip, else the last FINAL picture, else the last file.
 */
export function planArtifacts(files: readonly OutputFile[], chunkPattern: string | null): PlannedArtifact[] {
  const pattern = chunkPattern ? chunkExpression(chunkPattern) : null;
  const planned = files.map((file): PlannedArtifact => {
    // The prefix was replaced by the run's; the name in the workflow is the one that the pattern was written for.
    const match =
      pattern?.exec(withoutCounter(file.machineFilename)) ?? pattern?.exec(file.ownPrefix?.split("/").at(-1) ?? "");
    if (match) return { assetId: file.assetId, kind: "CHUNK", sequenceIndex: Number(match[1]), isPrimary: false };
    const kind = file.nodeKind ?? kindOfNode(file.nodeText);
    return { assetId: file.assetId, kind, sequenceIndex: null, isPrimary: false };
  });
  const lastWhere = (wanted: (artifact: PlannedArtifact, file: OutputFile) => boolean): number =>
    planned.findLastIndex((artifact, index) => wanted(artifact, files[index] as OutputFile));
  const candidates = [
    lastWhere(({ kind }, { mime }) => kind === "FINAL" && mime.startsWith("video/")),
    lastWhere(({ kind }, { mime }) => kind === "FINAL" && mime.startsWith("image/")),
    lastWhere(() => true),
  ];
  const primary = planned[candidates.find((index) => index >= 0) ?? -1];
  if (primary) primary.isPrimary = true;
  return planned;
}

/** "chunk_{n}.mp4" as an expression; the extension may differ, since machines choose containers. */
function chunkExpression(pattern: string): RegExp {
  const stem = pattern.replace(/\.[A-Za-z0-9]{1,5}$/, "");
  const escaped = stem.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace("\\{n\\}", "(\\d+)");
  return new RegExp(`^${escaped}$`, "i");
}

/** ComfyUI appends `_00001_` to every name; that and the extension say nothing about the chunk. */
function withoutCounter(filename: string): string {
  return filename.replace(/\.[A-Za-z0-9]{1,5}$/, "").replace(/_\d{5}_?$/, "");
}

function kindOfNode(text: string): ArtifactKind {
  if (/interpolat|rife|film\b|vfi/i.test(text)) return "INTERPOLATED";
  if (/upscal|esrgan|superres/i.test(text)) return "UPSCALED";
  return "FINAL";
}
