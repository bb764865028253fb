import { createHash } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, extname, join, resolve, sep } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Answer, type Call, json, type Route, serverTrouble } from "../http.ts";
import type { FolderType, StoredFile } from "../image-store.ts";
import { type Machine, maxUploadBytes } from "../machine.ts";

const contentTypes: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".mp4": "video/mp4",
  ".webm": "video/webm",
  ".txt": "text/plain",
  ".json": "application/json",
};

/** Files in and out. */
export function fileRoutes(machine: Machine): Route[] {
  return [
    { method: "GET", path: "/view", handle: (call) => view(machine, call) },
    { method: "POST", path: "/upload/image", handle: (call) => upload(machine, call) },
  ];
}

async function view(machine: Machine, { url, request }: Call): Promise<Answer> {
  const query = url.searchParams;
  const filename = query.get("filename");
  const type = query.get("type") ?? "output";
  if (filename === null || filename === "") return { status: 404 };
  if (filename.startsWith("/") || filename.includes("..") || !isFolderType(type)) return { status: 400 };
  const root = machine.store.folder(type);
  const folder = resolve(root, query.get("subfolder") ?? "");
  if (folder !== root && !folder.startsWith(root + sep)) return { status: 403 };
  const path = join(folder, filename);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) return { status: 404 };
  const etag = `"${Math.trunc(found.mtimeMs).toString(16)}-${found.size.toString(16)}"`;
  const headers = {
    "content-type": contentTypes[extname(filename).toLowerCase()] ?? "application/octet-stream",
    // Raw UTF-8 bytes, as the real machine writes them; Node wants them spelled as Latin-1.
    "content-disposition": `filename="${Buffer.from(filename).toString("latin1").replaceAll('"', "%22")}"`,
    etag,
    "last-modified": found.mtime.toUTCString(),
  };
  if (request.headers["if-none-match"] === etag) return { status: 304, headers };
  const bytes = await readFile(path);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  if (range === null) return { status: 200, headers: { ...headers, "accept-ranges": "bytes" }, bytes };
  const start = Number(range[1]);
  const end = Math.min(range[2] === "" ? bytes.length - 1 : Number(range[2]), bytes.length - 1);
  if (start > end) return { status: 416, headers: { "content-range": `bytes */${bytes.length}` } };
  return {
    status: 206,
    headers: { ...headers, "accept-ranges": "bytes", "content-range": `bytes ${start}-${end}/${bytes.length}` },
    bytes: bytes.subarray(start, end + 1),
  };
}

async function upload(machine: Machine, call: Call): Promise<Answer> {
  const started = Date.now();
  const body = await call.body();
  await delay((machine.faults.slowUploadMs ?? 0) - (Date.now() - started));
  if (body.length > maxUploadBytes) return { status: 413, text: `Maximum request body size ${maxUploadBytes} exceeded.` };
  const form = await readForm(body, call.request.headers["content-type"]);
  const image = form?.get("image");
  if (form === undefined || !(image instanceof File) || image.name === "") return { status: 400 };
  const type = text(form, "type") || "input";
  if (!isFolderType(type)) return serverTrouble;
  const subfolder = text(form, "subfolder");
  const root = machine.store.folder(type);
  const folder = resolve(root, subfolder);
  if (folder !== root && !folder.startsWith(root + sep)) return { status: 400 };
  const bytes = Buffer.from(await image.arrayBuffer());
  const overwrite = ["true", "1"].includes(text(form, "overwrite"));
  const file = await freeName(machine, { filename: image.name, subfolder, type }, bytes, overwrite);
  if (file === undefined) return { status: 400 };
  const path = machine.store.pathOf(file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return json({ name: file.filename, subfolder, type });
}

/** The same name for the same bytes; `name (1).ext` and so on for others; undefined for a name with a folder in it. */
async function freeName(
  machine: Machine,
  file: StoredFile,
  bytes: Buffer,
  overwrite: boolean,
): Promise<StoredFile | undefined> {
  if (/[/\\]/.test(file.filename) || file.filename === "..") return undefined;
  if (overwrite) return file;
  const extension = extname(file.filename);
  const stem = file.filename.slice(0, file.filename.length - extension.length);
  for (let copy = 0; ; copy += 1) {
    const candidate = { ...file, filename: copy === 0 ? file.filename : `${stem} (${copy})${extension}` };
    const there = await readFile(machine.store.pathOf(candidate)).catch(() => undefined);
    if (there === undefined || hash(there) === hash(bytes)) return candidate;
  }
}

async function readForm(body: Buffer, contentType: string | undefined): Promise<FormData | undefined> {
  if (contentType?.startsWith("multipart/form-data") !== true) return undefined;
  try {
    return await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
  } catch {
    return undefined;
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

function hash(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function isFolderType(type: string): type is FolderType {
  return type === "input" || type === "output" || type === "temp";
}
