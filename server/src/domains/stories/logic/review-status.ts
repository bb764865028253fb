import type { SceneAssetField } from "#platform/db/generated/enums.ts";

export type ReviewStatus = "LOCKED" | "UNREVIEWED" | "EDITED" | "READY";

/** Fields whose change by a person makes an instance edited; generation, locking and inheritance do not. */
export const editedFields: readonly SceneAssetField[] = ["DESCRIPTION", "TAGS", "IMAGE"];

/** What has been done to an instance, put together from the changes that are on record. */
export interface ChangeSummary {
  count: number;
  lastField: SceneAssetField | null;
  /** A person changed one of editedFields. */
  isEdited: boolean;
}

export function reviewStatus(
  { isLocked, imageId }: { isLocked: boolean; imageId: string | null },
  { isEdited }: Pick<ChangeSummary, "isEdited">,
): ReviewStatus {
  if (isLocked) return "LOCKED";
  if (imageId === null) return "UNREVIEWED";
  return isEdited ? "EDITED" : "READY";
}
