export type Resolution = { width: number; height: number };
export type NamedResolution = Resolution & { name: string };

/** Presets that every studio starts with; each can add its own. */
export const builtInResolutions: readonly NamedResolution[] = [
  { name: "Square 512", width: 512, height: 512 },
  { name: "Square 1024", width: 1024, height: 1024 },
  { name: "Landscape 3:2", width: 1216, height: 832 },
  { name: "Portrait 2:3", width: 832, height: 1216 },
  { name: "Landscape 16:9", width: 1344, height: 768 },
  { name: "Portrait 9:16", width: 768, height: 1344 },
  { name: "Video 480p", width: 832, height: 480 },
  { name: "Video 720p", width: 1280, height: 720 },
];

/** Longest side in pixels. */
export const maxSide = 16_384;

/** Names are the same when they differ in case only. */
export const resolutionKey = (name: string): string => name.trim().toLowerCase();

/** `WIDTHxHEIGHT`; null for anything else, or when a side is not 1 to 16384. */
export function readSize(text: string): Resolution | null {
  const sides = /^\s*(\d{1,5})\s*[x×]\s*(\d{1,5})\s*$/i.exec(text)?.slice(1).map(Number);
  const [width = 0, height = 0] = sides ?? [];
  return [width, height].every((side) => side >= 1 && side <= maxSide) ? { width, height } : null;
}
