import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";

export type ComfyUpload = ({ bytes: Buffer } | { stream: Readable; size?: number }) & {
  filename: string;
  /** Folder below the target folder; made when missing. */
  subfolder?: string;
  type?: "input" | "temp" | "output";
  /** Without it, another file of the same name makes the machine choose a new name. */
  overwrite?: boolean;
};

/** Builds the multipart body of an upload; a stream is passed through, never collected in memory. */
export function multipartBody(upload: ComfyUpload): { headers: Record<string, string>; body: Readable } {
  const boundary = `callsheet-${randomBytes(12).toString("hex")}`;
  const fields = {
    ...(upload.type === undefined ? {} : { type: upload.type }),
    ...(upload.subfolder === undefined ? {} : { subfolder: upload.subfolder }),
    ...(upload.overwrite === true ? { overwrite: "true" } : {}),
  };
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = Buffer.from(
    `${parts.join("")}--${boundary}\r\n` +
      `Content-Disposition: form-data; name="image"; filename="${escapeName(upload.filename)}"\r\n` +
      "Content-Type: application/octet-stream\r\n\r\n",
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const size = "bytes" in upload ? upload.bytes.length : upload.size;
  const content = "bytes" in upload ? [upload.bytes] : upload.stream;
  async function* chunks(): AsyncGenerator<Buffer> {
    yield head;
    for await (const chunk of content) yield chunk as Buffer;
    yield tail;
  }
  return {
    headers: {
      "content-type": `multipart/form-data; boundary=${boundary}`,
      ...(size === undefined ? {} : { "content-length": String(head.length + size + tail.length) }),
    },
    body: Readable.from(chunks(), { objectMode: false }),
  };
}

/** Browsers' way of writing a file name into a multipart header. */
function escapeName(filename: string): string {
  return filename.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
