/** Something that keeps pictures from being made, and what to do. */
export interface PictureBlocker {
  /** Stable, upper case. */
  code: string;
  message: string;
  remedy: string;
  /** The states of assets that it stands against; none where it stands against all of the project's. */
  sceneAssetIds: string[];
}

/** What a look ahead at one picture found. */
export type PictureFinding = Pick<PictureBlocker, "code" | "message" | "remedy">;

/** What a look ahead found, put together: one blocker for each thing, with all the states that it stands against. */
export function blockersOf(
  found: readonly { sceneAssetId: string; findings: readonly PictureFinding[] }[],
): PictureBlocker[] {
  const blockers = new Map<string, PictureBlocker>();
  for (const { sceneAssetId, findings } of found) {
    for (const { code, message, remedy } of findings) {
      const key = `${code} ${message}`;
      const known = blockers.get(key);
      if (known) known.sceneAssetIds.push(sceneAssetId);
      else blockers.set(key, { code, message, remedy, sceneAssetIds: [sceneAssetId] });
    }
  }
  return [...blockers.values()];
}
