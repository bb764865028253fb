import { createHash } from "node:crypto";
import { canonicalJson } from "#lib/json.ts";

/** What the picture of an asset in a scene is to show, and in which style. */
export interface PictureSubject {
  /** The text that stands for the asset in the scene. */
  description: string;
  statusTags: readonly string[];
  style: { prompt: string; negative: string };
}

export interface PictureTexts {
  prompt: string;
  /** Empty: the workflow's own stays. */
  negative: string;
}

/** The texts that a picture is asked for with: how the asset looks, the style, and the tags, joined as one sentence. */
export function pictureTexts({ description, statusTags, style }: PictureSubject): PictureTexts {
  const parts = [description, style.prompt, statusTags.join(", ")].map(withoutEnds).filter((part) => part !== "");
  return { prompt: parts.join(", "), negative: style.negative.trim() };
}

/** What joins two parts is ours; a person's own full stop or comma before it would say it twice. */
function withoutEnds(part: string): string {
  return part.trim().replace(/^[,;\s]+|[.,;\s]+$/g, "");
}

export interface PictureContent extends PictureTexts {
  workflowVersionId: string;
  width: number | null;
  height: number | null;
}

/** Names a picture by the asset's state and by all that goes in, but for the seed. */
export function pictureKey(sceneAssetId: string, content: PictureContent): string {
  const { prompt, negative, workflowVersionId, width, height } = content;
  const json = canonicalJson({ prompt, negative, workflowVersionId, width, height });
  return `${sceneAssetId} ${createHash("sha256").update(json).digest("hex")}`;
}
