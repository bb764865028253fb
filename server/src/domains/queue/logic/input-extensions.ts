import type { InputKind } from "#platform/db/generated/enums.ts";

/** Endings of the files that a workflow takes from a folder, unless its definition names its own. Lower case, with dot. */
export const inputExtensions: Readonly<Record<InputKind, readonly string[]>> = {
  IMAGE: [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif"],
  VIDEO: [".mp4", ".mov", ".webm", ".mkv", ".avi", ".gif", ".webp"],
  NONE: [],
};
