import { safeFilename, splitName } from "#domains/assets/logic/filename.ts";

/** Where the pictures of a scene's assets lie: project, branch and scene, each by its name. */
export function pictureFolder(place: { project: string; branch: string; number: number; title: string }): string {
  const scene = `${String(place.number).padStart(3, "0")} ${place.title}`;
  return [place.project, place.branch, scene, "scene-assets"].map(part).join("/");
}

/** What the picture of an asset is called, with the ending of the file that the machine made. */
export function pictureFilename(assetName: string, machineFilename: string): string {
  return `${part(assetName)}${splitName(machineFilename).extension.toLowerCase()}`;
}

/** A name is one part of a path, whatever slashes are in it. */
function part(name: string): string {
  return safeFilename(name.replace(/[/\\]/g, "_"));
}
