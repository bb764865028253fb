import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import sharp from "sharp";

/** What a file is, told by its bytes and not by its name. */
export interface MediaInfo {
  mime: string;
  width: number | null;
  height: number | null;
  durationSecs: number | null;
  fps: number | null;
}

export class UnreadableMediaError extends Error {
  constructor(
    readonly mime: string,
    cause: unknown,
  ) {
    super(`The file says that it is ${mime} but can't be read: ${cause instanceof Error ? cause.message : String(cause)}`);
    this.name = "UnreadableMediaError";
  }
}

/**
 * Sniffs the type and reads dimensions and duration from the file's own headers.
 * @throws UnreadableMediaError for a damaged picture or clip
 */
export async function inspectFile(path: string): Promise<MediaInfo> {
  const mime = (await fileTypeFromFile(path))?.mime ?? (await looksLikeText(path)) ?? "application/octet-stream";
  const nothing = { mime, width: null, height: null, durationSecs: null, fps: null };
  if ((await stat(path)).size === 0) return nothing;
  try {
    if (mime.startsWith("image/")) return { ...nothing, ...(await inspectImage(path)) };
    if (mime.startsWith("video/") || mime.startsWith("audio/")) return { ...nothing, ...(await inspectClip(path)) };
  } catch (error) {
    throw new UnreadableMediaError(mime, error);
  }
  return nothing;
}

async function inspectImage(path: string) {
  const { width, height, orientation, delay, pages } = await sharp(path, { animated: false }).metadata();
  // EXIF orientations 5 to 8 lie on their side.
  const lying = (orientation ?? 1) >= 5;
  const durationSecs = pages && pages > 1 && delay ? delay.reduce((sum, ms) => sum + ms, 0) / 1000 : null;
  const fps = durationSecs && pages ? Math.round((pages / durationSecs) * 100) / 100 : null;
  return { width: (lying ? height : width) ?? null, height: (lying ? width : height) ?? null, durationSecs, fps };
}

async function inspectClip(path: string) {
  // Loaded on demand: most processes never see a clip.
  const { ALL_FORMATS, FilePathSource, Input } = await import("mediabunny");
  using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  const durationSecs = await input.computeDuration();
  const track = await input.getPrimaryVideoTrack();
  if (!track) return { durationSecs };
  const stats = await track.computePacketStats(100);
  return {
    durationSecs,
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    fps: Math.round(stats.averagePacketRate * 100) / 100,
  };
}

/** UTF-8 without control characters in the first bytes is text; JSON starts like JSON. */
async function looksLikeText(path: string): Promise<string | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: 4095 })) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "" || /[\u0000-\u0008\u000e-\u001f]/.test(text) || text.slice(0, -3).includes("\ufffd")) return null;
  return /^\s*[[{]/.test(text) ? "application/json" : "text/plain";
}
