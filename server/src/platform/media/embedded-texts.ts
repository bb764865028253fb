import exifReader from "exif-reader";
import sharp from "sharp";

/** A text that a program has put into a picture, clip or sound: under which name, and what. */
export interface EmbeddedText {
  name: string;
  text: string;
}

/**
 * Texts in a media file: text chunks of PNG, EXIF of WebP and JPEG, tags of MP4, WebM, FLAC and the like.
 * @param mime as the file itself tells it
 * @throws UnreadableMediaError-like errors of the readers for damaged files
 */
export async function readEmbeddedTexts(path: string, mime: string): Promise<EmbeddedText[]> {
  if (mime.startsWith("image/")) return readImageTexts(path);
  if (mime.startsWith("video/") || mime.startsWith("audio/")) return readClipTexts(path);
  return [];
}

async function readImageTexts(path: string): Promise<EmbeddedText[]> {
  const { comments = [], exif } = await sharp(path, { animated: false }).metadata();
  const chunks = comments.map(({ keyword, text }) => ({ name: keyword, text }));
  return exif ? [...chunks, ...exifTexts(exif)] : chunks;
}

function exifTexts(exif: Buffer): EmbeddedText[] {
  const { Image: image = {}, Photo: photo = {} } = exifReader(exif);
  return Object.entries({ ...image, ...photo }).flatMap(([name, value]: [string, unknown]) => {
    const text = Buffer.isBuffer(value) && name === "UserComment" ? userComment(value) : value;
    return typeof text === "string" && text !== "" ? [{ name, text }] : [];
  });
}

/** Eight bytes name the encoding; UTF-16 comes in either byte order. */
function userComment(bytes: Buffer): string {
  const encoding = bytes.toString("latin1", 0, 8);
  const content = bytes.subarray(8);
  if (!encoding.startsWith("UNICODE")) return content.toString("utf8").replaceAll("\0", "");
  const isBigEndian = content[0] === 0;
  const even = content.subarray(0, content.length & ~1);
  return (isBigEndian ? Buffer.from(even).swap16() : even).toString("utf16le");
}

async function readClipTexts(path: string): Promise<EmbeddedText[]> {
  // Loaded on demand: most processes never see a clip.
  const { ALL_FORMATS, FilePathSource, Input } = await import("mediabunny");
  using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  const { raw = {}, comment, description } = await input.getMetadataTags();
  const texts = Object.entries({ comment, description, ...raw }).flatMap(([name, value]) => textsOf(name, value));
  return texts.filter(({ text }) => text !== "");
}

function textsOf(name: string, value: unknown): EmbeddedText[] {
  if (typeof value === "string") return [{ name, text: value }];
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(name, each));
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return [];
  // ID3 keeps texts that people named as a record.
  return Object.entries(value).flatMap(([inner, text]) => (typeof text === "string" ? [{ name: inner, text }] : []));
}
