import { open, stat } from "node:fs/promises";
import { fileTypeFromBuffer, fileTypeFromFile } from "file-type";
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
    super(
      `The file says that it is ${mime} but can't be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
    this.name = "UnreadableMediaError";
  }
}

/**
 * Sniffs the type and reads dimensions and duration from the file's own headers.
 * @param content a path, or the bytes of a small file
 * @throws UnreadableMediaError for a damaged picture or clip
 */
export async function inspectMedia(content: string | Uint8Array): Promise<MediaInfo> {
  const mime = await sniffType(content);
  const nothing = { mime, width: null, height: null, durationSecs: null, fps: null };
  const bytes = typeof content === "string" ? (await stat(content)).size : content.length;
  if (bytes === 0) return nothing;
  try {
    if (mime.startsWith("image/")) return { ...nothing, ...(await inspectImage(content)) };
    if (mime.startsWith("video/") || mime.startsWith("audio/")) return { ...nothing, ...(await inspectClip(content)) };
  } catch (error) {
    throw new UnreadableMediaError(mime, error);
  }
  return nothing;
}

/** What a file is by its first bytes; nothing else of it is read. @param content a path, or the bytes of a small file */
export async function sniffType(content: string | Uint8Array): Promise<string> {
  const found = typeof content === "string" ? await fileTypeFromFile(content) : await fileTypeFromBuffer(content);
  return found?.mime ?? typeOf(await beginningOf(content)) ?? "application/octet-stream";
}

async function inspectImage(content: string | Uint8Array) {
  const { width, height, orientation, delay, pages } = await sharp(content, { animated: false }).metadata();
  // EXIF orientations 5 to 8 lie on their side.
  const lying = (orientation ?? 1) >= 5;
  const durationSecs = pages && pages > 1 && delay ? delay.reduce((sum, ms) => sum + ms, 0) / 1000 : null;
  const fps = durationSecs && pages ? Math.round((pages / durationSecs) * 100) / 100 : null;
  return { width: (lying ? height : width) ?? null, height: (lying ? width : height) ?? null, durationSecs, fps };
}

async function inspectClip(content: string | Uint8Array) {
  // Loaded on demand: most processes never see a clip.
  const { ALL_FORMATS, BufferSource, FilePathSource, Input } = await import("mediabunny");
  const source = typeof content === "string" ? new FilePathSource(content) : new BufferSource(content);
  using input = new Input({ formats: ALL_FORMATS, source });
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

const beginning = 4_096;

async function beginningOf(content: string | Uint8Array): Promise<Uint8Array> {
  if (typeof content !== "string") return content.subarray(0, beginning);
  const file = await open(content);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(beginning) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const pngSignature = Buffer.from("89504e470d0a1a0a", "hex");

/** What file-type leaves open: text, and a PNG that is damaged so early that it gives up on it. */
function typeOf(bytes: Uint8Array): string | null {
  return Buffer.from(bytes.subarray(0, pngSignature.length)).equals(pngSignature) ? "image/png" : textType(bytes);
}

/** UTF-8 without control characters is text; JSON starts like JSON. */
function textType(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString("utf8");
  // oxlint-disable-next-line no-control-regex -- control characters are what tells binary files
  if (text === "" || /[\u0000-\u0008\u000e-\u001f]/.test(text) || text.slice(0, -3).includes("\ufffd")) return null;
  return /^\s*[[{]/.test(text) ? "application/json" : "text/plain";
}
