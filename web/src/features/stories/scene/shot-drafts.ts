/** A shot as it is being written: names as one text, for people write them with commas. */
export interface ShotDraft {
  action: string;
  setting: string;
  foreground: string;
  background: string;
  camera: string;
}

export interface StoredShot extends Omit<ShotDraft, "foreground" | "background"> {
  foreground: readonly string[];
  background: readonly string[];
}

export const emptyShot: ShotDraft = { action: "", setting: "", foreground: "", background: "", camera: "" };

export function toDraft({ action, setting, foreground, background, camera }: StoredShot): ShotDraft {
  return { action, setting, foreground: foreground.join(", "), background: background.join(", "), camera };
}

const namesIn = (text: string): string[] => text.split(",").flatMap((name) => name.trim() || []);

/** As the server takes it. */
export function fromDraft({ foreground, background, ...shot }: ShotDraft) {
  return { ...shot, foreground: namesIn(foreground), background: namesIn(background) };
}
