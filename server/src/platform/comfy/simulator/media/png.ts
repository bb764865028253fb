import { crc32 } from "node:zlib";
import { type JsonValue, stringifyJson } from "#lib/json.ts";
import { fromRaw, type Raw } from "./picture.ts";

const headerLength = 8 + 25;

/** Encodes a PNG with text chunks after its header, as SaveImage writes the graph and the workflow. */
export async function encodePng(raw: Raw, texts: Record<string, JsonValue>): Promise<Buffer> {
  const plain = await fromRaw(raw).png({ compressionLevel: 4 }).toBuffer();
  const chunks = Object.entries(texts).map(([keyword, value]) => textChunk(keyword, asciiJson(value)));
  return Buffer.concat([plain.subarray(0, headerLength), ...chunks, plain.subarray(headerLength)]);
}

function textChunk(keyword: string, text: string): Buffer {
  const data = Buffer.from(`${keyword}\0${text}`, "latin1");
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write("tEXt", 4, "latin1");
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** Text chunks hold Latin-1 only, and EXIF ASCII, so everything else is escaped. */
export function asciiJson(value: JsonValue): string {
  return stringifyJson(value).replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
