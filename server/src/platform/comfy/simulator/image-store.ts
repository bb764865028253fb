import { mkdir, readdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { NodeFailure } from "./errors.ts";

export type FolderType = "input" | "output" | "temp";
export type StoredFile = { filename: string; subfolder: string; type: FolderType };

/** The folders of a machine, and the naming of what is saved in them. */
export class ImageStore {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** As a machine does when it starts: folders are made, previews of earlier days go. */
  async prepare(): Promise<void> {
    await rm(this.folder("temp"), { recursive: true, force: true });
    for (const type of ["input", "output", "temp"] as const) await mkdir(this.folder(type), { recursive: true });
    await mkdir(this.workflowsFolder, { recursive: true });
  }

  get workflowsFolder(): string {
    return join(this.root, "user", "default", "workflows");
  }

  folder(type: FolderType): string {
    return join(this.root, type);
  }

  pathOf(file: StoredFile): string {
    return join(this.folder(file.type), file.subfolder, file.filename);
  }

  /** Resolves what an image input holds: `sub/name.png`, or `name.png [temp]`. */
  findInput(reference: string): StoredFile | undefined {
    const annotated = / \[(input|output|temp)\]$/.exec(reference);
    const type = (annotated?.[1] ?? "input") as FolderType;
    const name = annotated === null ? reference : reference.slice(0, annotated.index);
    const path = resolve(this.folder(type), name);
    if (!path.startsWith(this.folder(type) + sep) || !existsSync(path)) return undefined;
    const slash = name.lastIndexOf("/");
    return { filename: name.slice(slash + 1), subfolder: slash < 0 ? "" : name.slice(0, slash), type };
  }

  /**
   * Chooses names `prefix_00001_.ext` for files to be saved: one more than the highest that is there.
   * @throws NodeFailure when the prefix leads out of the folder.
   */
  async claimNames(
    type: FolderType,
    prefix: string,
    extension: string,
    count: number,
    size: { width: number; height: number },
  ): Promise<StoredFile[]> {
    const root = this.folder(type);
    const expanded = expandTokens(prefix, size);
    const target = resolve(root, expanded.endsWith("/") ? `${expanded}.` : expanded);
    const folder = expanded.endsWith("/") || expanded === "" ? target : dirname(target);
    if (folder !== root && !folder.startsWith(root + sep)) {
      throw new NodeFailure(
        "Exception",
        `**** ERROR: Saving image outside the output folder is not allowed.\n full_output_folder: ${folder}\n         output_dir: ${root}\n`,
      );
    }
    const name = expanded.slice(expanded.lastIndexOf("/") + 1);
    const subfolder = folder === root ? "" : folder.slice(root.length + 1).replaceAll(sep, "/");
    await mkdir(folder, { recursive: true });
    const first = (await highest(folder, name)) + 1;
    return Array.from({ length: count }, (_, index) => {
      const number = String(first + index).padStart(5, "0");
      const stem = name.replaceAll("%batch_num%", String(index));
      return { filename: `${stem}_${number}_.${extension}`, subfolder, type };
    });
  }
}

async function highest(folder: string, name: string): Promise<number> {
  let found = 0;
  for (const file of await readdir(folder)) {
    if (!file.toLowerCase().startsWith(`${name.toLowerCase()}_`)) continue;
    const number = Number(/^_(\d+)/.exec(file.slice(name.length))?.[1] ?? 0);
    if (number > found) found = number;
  }
  return found;
}

function expandTokens(prefix: string, size: { width: number; height: number }): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  const values: Record<string, string> = {
    width: String(size.width),
    height: String(size.height),
    year: String(now.getFullYear()),
    month: two(now.getMonth() + 1),
    day: two(now.getDate()),
    hour: two(now.getHours()),
    minute: two(now.getMinutes()),
    second: two(now.getSeconds()),
  };
  return prefix.replaceAll(/%(\w+)%/g, (token, name: string) => values[name] ?? token);
}
