export type PresetKind = "PROMPT" | "SETTINGS";

/** A preset as lists show it. */
export interface OwnPreset {
  id: string;
  name: string;
}
